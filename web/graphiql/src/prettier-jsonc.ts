/**
 * A prettier plugin for JSON with comments, in place of prettier's Babel parser and its printer.
 *
 * GraphiQL's prettify button asks those two for nothing but the variables and headers; they are half a megabyte.
 * It imports the parsers and the printers from two addresses; both lead here (vite.config.ts).
 */
import { applyEdits, format, parse, type ParseError } from "jsonc-parser";

export const parsers = {
  jsonc: {
    astFormat: "jsonc",
    parse(text: string) {
      const errors: ParseError[] = [];
      parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
      if (errors.length > 0) throw new SyntaxError("This is not JSON.");
      return applyEdits(text, format(text, undefined, { tabSize: 2, insertSpaces: true })).trimEnd();
    },
    locStart: () => 0,
    locEnd: (text: string) => text.length,
  },
};

export const printers = { jsonc: { print: (path: { node: string }) => path.node } };
