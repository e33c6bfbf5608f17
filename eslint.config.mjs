import js from "@eslint/js";
import { configs as lit } from "eslint-plugin-lit";
import litA11y from "eslint-plugin-lit-a11y";
import tseslint from "typescript-eslint";

/** What programs for Node find without importing it, as far as ours do. */
const node_globals = ["console", "fetch", "process", "setTimeout", "URL", "WebAssembly"];

export default tseslint.config(
  { ignores: ["build/", "node_modules/", "web/sdk/core_types.ts"] },
  js.configs.recommended,
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: Object.fromEntries(node_globals.map((name) => [name, "readonly"])),
    },
  },
  {
    files: ["web/**/*.ts", "tests/web/**/*.ts"],
    extends: [...tseslint.configs.recommendedTypeChecked, lit["flat/recommended"]],
    plugins: { "lit-a11y": litA11y },
    languageOptions: {
      parserOptions: { project: ["./tsconfig.json", "./tests/web/tsconfig.json"] },
    },
    rules: {
      ...litA11y.configs.recommended.rules,
      "max-lines": ["error", 300],
      eqeqeq: "error",
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
);
