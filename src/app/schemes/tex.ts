/** An equation in TeX. The build replaces it with MathML, so the page needs no TeX renderer. */
export const tex = String.raw;
