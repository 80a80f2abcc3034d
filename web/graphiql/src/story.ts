/** The ids that the examples wait for: what one of them has made, the others are about. */

import type { Config } from "./config";
import { storage } from "./session";

type Ids = Record<string, string>; // by the placeholder that stands for it
export type Edit = (variables: string) => string;

export class Story {
  /** Told when an answer has brought an id, with what that does to the variables of each tab. */
  onProgress: (edit: Edit) => void = () => {};

  private ids: Ids = JSON.parse(storage.getItem("story") ?? "{}");

  constructor(private readonly placeholders: Config["placeholders"]) {}

  /** Puts the ids known so far where their placeholders stand. */
  readonly fillIn: Edit = (variables) => this.replaced(variables, this.ids);

  /** The placeholder that still waits for its id in these variables. */
  missing(variables: unknown): string | undefined {
    const text = JSON.stringify(variables ?? null);
    return Object.keys(this.placeholders).find((placeholder) => text.includes(JSON.stringify(placeholder)));
  }

  learn(answer: unknown): void {
    const found: Ids = {};
    for (const [placeholder, path] of Object.entries(this.placeholders)) {
      const id = valueAt(answer, `data.${path}`);
      if (typeof id === "string" && id !== this.ids[placeholder]) found[placeholder] = id;
    }
    const [workspace = ""] = Object.keys(this.placeholders);
    // what was made before a new workspace belongs to an older story
    const kept = workspace in found ? {} : this.ids;
    if (Object.keys(found).length > 0) this.onProgress(this.goOnWith({ ...kept, ...found }));
  }

  /** As before the first run; the edit takes the ids out again. */
  forget(): Edit {
    return this.goOnWith({});
  }

  private goOnWith(now: Ids): Edit {
    const before = this.ids;
    this.ids = now;
    storage.setItem("story", JSON.stringify(now));
    return (variables) => this.replaced(variables, before);
  }

  /** Placeholders and the ids of `before` become what is known now; whatever else was written stays. */
  private replaced(variables: string, before: Ids): string {
    return Object.keys(this.placeholders).reduce((text, placeholder) => {
      const known = JSON.stringify(this.ids[placeholder] ?? placeholder);
      return [placeholder, before[placeholder] ?? placeholder].reduce(
        (changed, old) => changed.replaceAll(JSON.stringify(old), known),
        text,
      );
    }, variables);
  }
}

/** Of a path such as "errors.0.message"; undefined where it ends too early. */
function valueAt(value: unknown, path: string): unknown {
  return path.split(".").reduce((found, name) => (found as Record<string, unknown> | null)?.[name], value);
}
