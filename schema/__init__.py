"""What clients see: types, inputs, payloads, descriptions."""
