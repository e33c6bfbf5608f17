// Lets Jest read TypeScript by the compiler that also makes the bundle; types are checked by
// `npm run typecheck`.
import { transformSync } from "esbuild";

export default {
  process(source, path) {
    const { code, map } = transformSync(source, {
      loader: "ts",
      format: "esm",
      target: "es2022",
      sourcefile: path,
      sourcemap: "both",
      tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    });
    return { code, map };
  },
};
