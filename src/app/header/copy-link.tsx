import { type ReactNode, useEffect, useState } from "react";
import { fixedDigits } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { useActions } from "../app-context";

/** Length of the copied link in characters, or that the browser refused. */
type Outcome = { readonly copied: number } | "refused";

/** Length that mail programs and messengers are known not to truncate. */
const SAFE_CHARACTERS = 8_000;
const SHOWN_MS = 2_500;

/** Copies the experiment as a link. */
export function CopyLink() {
  const { link } = useActions();
  return (
    <CopyButton link={link} primary>
      <LinkIcon />
      {texts().header.copyLink}
    </CopyButton>
  );
}

/** Copies the link with the measured curves: the recipient sees them at once and can train to compare. */
export function CopyRecordedLink() {
  const { recordedLink } = useActions();
  return <CopyButton link={recordedLink}>{texts().header.copyRecordedLink}</CopyButton>;
}

/** Where the browser blocks the clipboard, the link is shown for copying by hand. */
function CopyButton({
  link,
  primary = false,
  children,
}: {
  link: () => string;
  primary?: boolean;
  children: ReactNode;
}) {
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (outcome === undefined || outcome === "refused") return;
    const shownMs = outcome.copied > SAFE_CHARACTERS ? 3 * SHOWN_MS : SHOWN_MS;
    const timer = setTimeout(() => setOutcome(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const press = () => {
    const made = link();
    return navigator.clipboard.writeText(made).then(
      () => setOutcome({ copied: made.length }),
      () => setOutcome("refused"),
    );
  };
  const copied = outcome !== "refused" ? outcome?.copied : undefined;
  return (
    <div className="copy-link">
      <button
        type="button"
        className={primary ? "button button-primary" : "button button-small"}
        onClick={() => void press()}
      >
        {children}
      </button>
      <p className="copy-link-note" role="status" data-shown={copied !== undefined}>
        {copied === undefined ? "" : copiedText(copied)}
      </p>
      {outcome === "refused" && <LinkByHand link={link()} onClose={() => setOutcome(undefined)} />}
    </div>
  );
}

function copiedText(characters: number): string {
  const { linkCopied, longLinkCopied } = texts().header;
  const size = fixedDigits(characters / 1_000, 1);
  return characters > SAFE_CHARACTERS ? longLinkCopied(size) : linkCopied(size);
}

function LinkByHand({ link, onClose }: { link: string; onClose: () => void }) {
  return (
    <div className="copy-link-hand">
      <label>
        {texts().header.copyByHand}
        <input className="input" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <button type="button" className="button button-small" onClick={onClose}>
        {texts().page.close}
      </button>
    </div>
  );
}

function LinkIcon() {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden="true"
    >
      <path
        d="M6.5 9.5 9.5 6.5M7 4.5 8.6 2.9a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5l-1.6 1.6a3.2 3.2 0 0 1-4.5-4.5L4.5 7"
        strokeLinecap="round"
      />
    </svg>
  );
}
