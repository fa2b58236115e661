import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig, type TestProjectConfiguration } from "vitest/config";
import { contentSecurityPolicyPlugin } from "./e2e/build/content-security-policy.ts";
import { equationsPlugin } from "./e2e/build/equations.ts";
import { hostingHeaders, isolationHeaders } from "./e2e/build/hosting-headers.ts";
import { linkPreviewPlugin } from "./e2e/build/link-preview.ts";
import { pageChunks, preloadPagePlugin } from "./e2e/build/page-chunk.ts";
import { chromiumArguments, requireChromium } from "./e2e/commands/chromium.ts";
import { type BrowserTest, browserTests, isLong, longTestFiles } from "./e2e/commands/test-size.ts";

/** Pre-bundled up front: a dependency met in the middle of a test run would reload the page. */
const engineDependencies = [
  "@tensorflow/tfjs-core",
  "@tensorflow/tfjs-core/dist/register_all_gradients.js",
  "@tensorflow/tfjs-backend-webgpu",
  "@tensorflow/tfjs-backend-webgpu/dist/buffer_manager",
  "@tensorflow/tfjs-backend-webgl",
  "@tensorflow/tfjs-backend-cpu",
  "@tensorflow/tfjs-backend-wasm",
  "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js",
  "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js",
  "@tensorflow/tfjs-converter",
  "@tensorflow/tfjs-layers",
  "onnxruntime-web/wasm",
  "onnxruntime-web/jspi",
  "fflate",
  "geotiff",
  "libheif-js/libheif-wasm/libheif.js",
  "idb",
  "hyparquet",
  "hyparquet/src/column.js",
  "hyparquet-writer",
  "fzstd",
  "valibot",
  "fast-check",
];

/** Found one after the other, they would also bring React into the page twice. */
const pageDependencies = [
  "react",
  "react/jsx-runtime",
  "react/jsx-dev-runtime",
  "react-dom",
  "react-dom/client",
  "recharts",
  "radix-ui",
  "zustand/vanilla",
  "dompurify",
  "marked",
  "umap-js",
];

/** Looked for when one is launched: building, serving and tests in Node need no browser. */
const testBrowser = {
  args: chromiumArguments,
  get executablePath() {
    return requireChromium();
  },
};

/** The record that the page opens with. */
const onArrival = JSON.parse(
  readFileSync(new URL("src/protocol/records/arrival.json", import.meta.url), "utf8"),
) as { file: string };

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** A page of its own for those browser tests that `suits`. */
const browserProject = (name: string, suits: (test: BrowserTest) => boolean): TestProjectConfiguration => ({
  extends: true,
  // The long suite takes the real images that lie beside the checkout.
  server: { fs: { allow: [".", "../shared"] } },
  test: {
    name,
    include: browserTests("src")
      .filter(suits)
      .map(({ file }) => file),
    // On a software GPU that others use as well, the programs of a step take minutes to compile.
    testTimeout: 360_000,
    maxWorkers: 1,
    setupFiles: [
      "src/engine/equal-numbers.test-support.ts",
      // Files share what has been compiled.
      "src/engine/backend/kept-pipelines.test-support.ts",
    ],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: testBrowser }),
      instances: [{ browser: "chromium" }],
    },
  },
});

export default defineConfig({
  define: { RETORT_VERSION: JSON.stringify(version) },
  plugins: [
    react(),
    equationsPlugin(),
    contentSecurityPolicyPlugin(),
    linkPreviewPlugin(),
    preloadPagePlugin(),
    VitePWA({
      // offline.ts registers it, once the page is idle; the manifest is a file of public/.
      injectRegister: false,
      manifest: false,
      filename: "service-worker.js",
      workbox: {
        // Also parts that nobody has opened yet: without a network they could not be loaded.
        globPatterns: [
          "**/*.{html,js,css,wasm,svg,webmanifest}",
          "icon-*.png",
          // The comparison on arrival; the others are kept once they were opened.
          `records/${onArrival.file}`,
        ],
        // 3 MB for formats that few visitors have; they are kept once they were needed.
        globIgnores: [
          "assets/{geotiff,lerc,libheif,jxl_dec,ort-wasm,onnx-runtime,graph-runtime,layers-runtime}-*",
        ],
        maximumFileSizeToCacheInBytes: 8 * 2 ** 20,
        dontCacheBustURLsMatching: /assets\/|records\//,
        // The page itself is asked for anew, so that a new version is seen at once; kept is the one whose files are kept.
        directoryIndex: null,
        // The plugin's own default would answer every visit from what is kept.
        navigateFallback: null,
        runtimeCaching: [
          {
            urlPattern: ({ url }) =>
              /\/assets\/(geotiff|lerc|libheif|jxl_dec|ort-wasm|onnx-runtime|graph-runtime|layers-runtime)-/.test(
                url.pathname,
              ),
            handler: "CacheFirst",
            options: { cacheName: "image-readers", expiration: { maxEntries: 12 } },
          },
          {
            // A record never changes under its name.
            urlPattern: ({ url }) => /\/records\/[^/]+\.retort$/.test(url.pathname),
            handler: "CacheFirst",
            options: { cacheName: "records", expiration: { maxEntries: 60 } },
          },
          {
            urlPattern: ({ request }) => request.mode === "navigate",
            handler: "NetworkOnly",
            options: { precacheFallback: { fallbackURL: "index.html" } },
          },
        ],
        // A page that is open keeps its files until it is loaded anew (offline.ts); the first visit's are kept at once.
        skipWaiting: false,
        clientsClaim: true,
        cleanupOutdatedCaches: true,
        inlineWorkboxRuntime: true,
        sourcemap: false,
      },
    }),
  ],
  base: "./",
  resolve: { alias: { "react-style-singleton": resolve(import.meta.dirname, "src/app/adopted-styles.ts") } },
  build: {
    target: "es2023",
    sourcemap: true,
    chunkSizeWarningLimit: 2_000,
    // What is loaded at once is few files: left alone, the parts that are loaded later would cut it into dozens.
    rolldownOptions: { output: { codeSplitting: { groups: pageChunks } } },
  },
  // Kernels are told apart by the names of their classes; the diagnosis shows these.
  worker: { format: "es", rolldownOptions: { output: { keepNames: true } } },
  server: { headers: isolationHeaders },
  preview: { headers: hostingHeaders },
  // The decoder of JPEG XL finds its WebAssembly beside itself.
  optimizeDeps: { include: [...engineDependencies, ...pageDependencies], exclude: ["@jsquash/jxl"] },
  test: {
    projects: [
      {
        plugins: [equationsPlugin()],
        test: {
          name: "node",
          include: isLong
            ? [...longTestFiles("src", ".test.ts"), ...longTestFiles("e2e", ".test.ts")]
            : ["{src,e2e}/**/*.test.ts"],
          exclude: ["**/*.browser.test.ts", ...(isLong ? [] : ["**/*.long.*"])],
          environment: "node",
          setupFiles: ["src/engine/equal-numbers.test-support.ts"],
          // Starting a process for each of so many small files would take most of the time.
          pool: "threads",
          isolate: false,
          maxWorkers: "100%",
          testTimeout: 60_000,
        },
      },
      // One page each: while one compiles for WebGPU, and keeps its programs for all of its tests, the other computes.
      browserProject("browser", ({ compiles }) => !compiles),
      browserProject("browser-webgpu", ({ compiles }) => compiles),
    ],
  },
});
