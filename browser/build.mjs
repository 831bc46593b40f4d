// Builds the browser SDK into one file, touchline.js, in the folder named on the command line.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { minify } from "terser";

const sources = dirname(fileURLToPath(import.meta.url));
const version = /^version = "(.+)"$/m.exec(readFileSync(join(sources, "../pyproject.toml"), "utf8"))[1];

const bundled = await esbuild.build({
  entryPoints: [join(sources, "touchline.ts")],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  define: { VERSION: JSON.stringify(version) },
  write: false,
  logLevel: "error",
});

// Every page of a shop loads this file: terser takes another twentieth off what esbuild has made small.
const { code } = await minify(bundled.outputFiles[0].text, {
  ecma: 2022,
  toplevel: true,
  compress: { passes: 4, unsafe: true, unsafe_arrows: true, keep_fargs: false, pure_getters: true },
});
writeFileSync(join(resolve(process.argv[2]), "touchline.js"), code);
