/** Makes leading and trailing blanks of a name visible, since they are part of it. */
export const visible = (name: string) => name.replace(/^\s+|\s+$/g, (blanks) => "␣".repeat(blanks.length));
