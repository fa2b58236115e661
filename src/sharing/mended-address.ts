import { openLink } from "./link";

/** Tracking parameters appended to clicked links by mail programs, messengers and social networks. */
const tracking =
  /^(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|mc_[ce]id|igsh(id)?|twclid|yclid|ttclid|li_fat_id|si|ref|ref_src|_hsenc|_hsmi|mkt_tok|vero_id|spm|source|s_cid)$/i;
const ours = /^[ero]=/;
const invisible = /[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+/g;

/**
 * Repairs an experiment's address that was altered in transit, if this can be undone with certainty: the result opens
 * and is used completely. Any other address is returned unchanged.
 *
 * Repairs "#", "=" and "&" as %23, %3D and %26 or &amp;, a parenthesis, period or quotation mark after the link, blanks
 * and line breaks within it, and tracking parameters.
 */
export function mendedAddress(address: string): string {
  const at = address.search(/#|%(25)?23(?=e(=|%(25)?3D))/i);
  if (at < 0) return address;
  const [base, given] = [address.slice(0, at), address.slice(at).replace(/^(#|%(25)?23)/i, "")];
  if (address[at] === "#" && opens(given)) return address;
  const mended = mendedFragment(given);
  return mended !== undefined && opens(mended) ? `${base}#${mended}` : address;
}

const opens = (fragment: string) => openLink(fragment).kind === "experiment";

/** Returns undefined if any part is neither ours nor a known addition. */
function mendedFragment(fragment: string): string | undefined {
  const plain = unescaped(fragment).replace(/&amp;/gi, "&").replace(invisible, "").replace(/^#+/, "");
  const kept: string[] = [];
  for (const part of plain.split(/[&?]/)) {
    if (part === "") continue;
    // Anything after the last of our characters came from the text around the link.
    if (ours.test(part))
      kept.push(`${part.slice(0, 2)}${/^[\w.-]*/.exec(part.slice(2))?.[0].replace(/\.+$/, "")}`);
    else if (!tracking.test(part.split("=", 1)[0] ?? "")) return undefined;
  }
  return kept.length > 0 ? kept.join("&") : undefined;
}

/** Undoes percent encoding, at most twice, as for a link within a link. */
function unescaped(text: string): string {
  let plain = text;
  for (let i = 0; i < 2; i++) {
    try {
      plain = decodeURIComponent(plain);
    } catch {
      return plain;
    }
  }
  return plain;
}
