/** An equation in TeX. The build replaces it by MathML, so that the page needs nothing that reads TeX. */
export const tex = String.raw;
