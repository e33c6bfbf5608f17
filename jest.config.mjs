// Tests of web/, run as ES modules so that they load the same WASM glue as the browser does.
export default {
  roots: ["<rootDir>/tests/web"],
  testMatch: ["**/*_test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: { "\\.ts$": "<rootDir>/tests/web/esbuild_transform.mjs" },
  testEnvironment: "node",
  reporters: ["<rootDir>/tests/web/summary_reporter.mjs"],
};
