import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import subsetFont from "subset-font";
import { defineConfig, type Plugin } from "vite";

const outDir = "../src/hostagegraph/service/static";

/** The characters that the served fonts hold: Latin-1 and typographic signs. Hebrew, Arabic and
 *  all else come from the reader's own fonts, by `unicode-range` in styles/fonts.css. */
const letters = [
  [0x20, 0x7e], [0xa0, 0xff], [0x2010, 0x2015], [0x2018, 0x201e], [0x2026, 0x2026],
  [0x2032, 0x2033], [0x2039, 0x203a], [0x2212, 0x2212],
]
  .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i))
  .map((code) => String.fromCodePoint(code))
  .join("");

/** Cut each font down to those characters. */
const subset = (): Plugin => ({
  name: "subset-fonts",
  apply: "build",
  async generateBundle(_, bundle) {
    for (const asset of Object.values(bundle)) {
      if (asset.type === "asset" && asset.fileName.endsWith(".woff2")) {
        asset.source = await subsetFont(Buffer.from(asset.source), letters, {
          targetFormat: "woff2",
          keepFeatures: ["ccmp", "kern", "liga", "lnum", "locl", "mark", "tnum"],
          noHinting: true,
        });
      }
    }
  },
});

/** The fonts' licence asks to travel with them, and Vite lists scripts only. */
const fontLicences = (): Plugin => ({
  name: "font-licences",
  apply: "build",
  generateBundle() {
    const texts = ["inter", "libertinus-serif"].map((font) => {
      const file = join(import.meta.dirname, "node_modules/@fontsource", font, "LICENSE");
      return `# ${font}, cut down to Latin letters\n\n${readFileSync(file, "utf8")}`;
    });
    this.emitFile({ type: "asset", fileName: "font-licenses.md", source: texts.join("\n") });
  },
});

/** Put FILE.br and FILE.gz beside what is worth it. */
const precompress = (): Plugin => ({
  name: "precompress",
  apply: "build",
  closeBundle() {
    const folder = join(import.meta.dirname, outDir, "assets");
    for (const name of readdirSync(folder).filter((each) => /\.(js|css|svg)$/.test(each))) {
      const raw = readFileSync(join(folder, name));
      if (raw.length < 1024) continue;
      writeFileSync(join(folder, `${name}.gz`), gzipSync(raw, { level: 9 }));
      writeFileSync(join(folder, `${name}.br`), brotliCompressSync(raw));
    }
  },
});

export default defineConfig({
  base: "/static/",
  publicDir: false,
  plugins: [subset(), fontLicences(), precompress()],
  build: {
    outDir,
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    target: "es2022",
    modulePreload: { polyfill: false },
    license: { fileName: "third-party-licenses.md" },
    rollupOptions: {
      input: {
        app: "src/app.ts",
        workbench: "src/workbench.ts",
        copy: "src/copy.ts",
        strip: "src/strip.ts",
        ledger: "src/ledger.ts",
        network: "src/network.ts",
        question: "src/question.ts",
        timeline: "src/timeline.ts",
      },
    },
  },
});
