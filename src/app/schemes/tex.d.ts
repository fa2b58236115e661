/** Equations by name, each line of one as MathML (e2e/build/equations.ts). */
declare module "*.tex" {
  const equations: Readonly<Record<string, readonly string[]>>;
  export default equations;
}
