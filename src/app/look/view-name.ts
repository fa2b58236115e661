const subscript = (number: number) =>
  [...String(number)].map((digit) => String.fromCodePoint(0x2080 + Number(digit))).join("");

/** "v₁", "v′₁": views come in pairs. @param at from 0 */
export const viewName = (at: number): string =>
  `${at % 2 === 0 ? "v" : "v′"}${subscript(Math.floor(at / 2) + 1)}`;
