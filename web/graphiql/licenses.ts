import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

/**
 * Lists the licence of every package whose code ends up in the build.
 *
 * Vite's own `build.license` does not look into workers; `collect` is given to both builds.
 * `alsoPackages` are those that bring files but no code, such as fonts.
 */
export function licenses(fileName: string, alsoPackages: string[]) {
  const folders = new Set(alsoPackages.map((name) => join("node_modules", name)));

  const collect: Plugin = {
    name: "collect-licenses",
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== "chunk") continue;
        for (const id of output.moduleIds) {
          const folder = packageFolder(id);
          if (folder) folders.add(folder);
        }
      }
    },
  };

  const write: Plugin = {
    name: "write-licenses",
    enforce: "post",
    generateBundle() {
      const packagesByText = new Map<string, Set<string>>();
      for (const { title, text } of [...folders].sort().map(describe)) {
        if (!packagesByText.has(text)) packagesByText.set(text, new Set());
        packagesByText.get(text)!.add(title);
      }
      const entries = [...packagesByText].map(([text, titles]) => [...titles].join("\n") + `\n\n${text}\n`);
      this.emitFile({ type: "asset", fileName, source: entries.join(`\n${"-".repeat(80)}\n\n`) });
    },
  };

  return { collect, write };
}

/** The nearest folder above `id` whose package.json has a name and a version. */
function packageFolder(id: string): string | undefined {
  if (!id.includes("node_modules")) return undefined;
  for (let folder = dirname(id.replace(/^\0|\?.*$/g, "")); folder.includes("node_modules"); folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file) && JSON.parse(readFileSync(file, "utf-8")).version) return folder;
  }
  return undefined;
}

function describe(folder: string): { title: string; text: string } {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf-8"));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|thirdpartynotices)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), "utf-8").replaceAll("\r", "").trim());
  return { title: `${name} ${version} (${license})`, text: texts.join("\n\n") || "(The package brings no licence text.)" };
}
