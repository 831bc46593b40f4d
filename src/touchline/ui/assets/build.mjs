// Builds every script and style at the top of this folder into the folder named on the command line.
// File names carry a hash of their content, so browsers may keep them for ever; manifest.json leads from the plain name.
import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const sources = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2]);
const entries = readdirSync(sources).filter((name) => /\.(ts|css|svg)$/.test(name) && !name.endsWith(".d.ts"));

const options = {
  entryPoints: entries.map((name) => join(sources, name)),
  outdir: target,
  outbase: sources,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "chrome123", "firefox120", "safari17.5"],
  loader: { ".woff2": "file", ".svg": "copy" },
  metafile: true,
  write: true,
  logLevel: "error",
  legalComments: "linked",
};

function writeManifest(result) {
  const built = {};
  for (const [output, { entryPoint }] of Object.entries(result.metafile.outputs)) {
    if (entryPoint) built[basename(entryPoint).replace(/\.ts$/, ".js")] = relative(target, resolve(output));
  }
  writeFileSync(join(target, "manifest.json"), JSON.stringify(built, null, 1));
}

// Each icon is reduced to its shapes: colour, stroke and size belong to whoever draws it.
function writeIcons() {
  const set = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("@iconify-json/lucide/icons.json"), "utf8"));
  const shapes = (body) =>
    body.replace(/ (fill|stroke|stroke-width|stroke-linecap|stroke-linejoin)="[^"]*"/g, "").replace(/<\/?g>/g, "");
  const icons = Object.fromEntries(Object.entries(set.icons).map(([name, { body }]) => [name, shapes(body)]));
  for (const [name, { parent }] of Object.entries(set.aliases ?? {})) {
    if (icons[parent]) icons[name] ??= icons[parent];
  }
  writeFileSync(join(target, "icons.json"), JSON.stringify(icons));
}

// Pictures of the map become PNG and PDF outside the browser, by a converter that reads TrueType, not WOFF2.
function copyFonts() {
  const faces = ["400Regular/Inter_400Regular", "400Regular_Italic/Inter_400Regular_Italic", "500Medium/Inter_500Medium", "600SemiBold/Inter_600SemiBold", "700Bold/Inter_700Bold"];
  const { resolve: find } = createRequire(import.meta.url);
  mkdirSync(join(target, "fonts"));
  for (const face of faces) copyFileSync(find(`@expo-google-fonts/inter/${face}.ttf`), join(target, "fonts", `${basename(face)}.ttf`));
  copyFileSync(find("@expo-google-fonts/inter/LICENSE_FONT"), join(target, "fonts", "LICENSE"));
}

// What is shipped carries its licences with it. The icons' package has none of its own, so theirs lies here.
function writeLicences() {
  const { resolve: find } = createRequire(import.meta.url);
  const texts = {
    "Inter (typeface)": find("@expo-google-fonts/inter/LICENSE_FONT"),
    "Lucide (icons)": join(sources, "lucide-license.txt"),
    "htmx": join(dirname(find("htmx.org/package.json")), "LICENSE"),
    "web-vitals (in the browser SDK)": join(dirname(find("web-vitals")), "../LICENSE"),
  };
  const parts = Object.entries(texts).map(([name, path]) => `${name}\n${"=".repeat(name.length)}\n\n${readFileSync(path, "utf8")}`);
  writeFileSync(join(target, "LICENSES.txt"), parts.join("\n\n"));
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
writeManifest(await esbuild.build(options));
writeIcons();
copyFonts();
writeLicences();
