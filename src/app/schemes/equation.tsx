import { useLayoutEffect, useRef } from "react";
import type { Scheme } from "../../protocol/experiment";
import { texts } from "../../texts/texts";
import { cardOf } from "./methods/cards";

/** What the scheme minimizes as its settings are, and what the letters mean. */
export function Equation({ scheme }: { scheme: Scheme }) {
  const card = cardOf(scheme);
  const words = texts().schemes;
  return (
    <div className="equation">
      <span className="small muted">{words.loss}</span>
      {card.equation(scheme).map((line) => (
        <MathLine key={line} math={line} />
      ))}
      <p className="small muted">{card.notation(scheme).join("; ")}.</p>
    </div>
  );
}

/** The build made it of our own equations. */
function MathLine({ math }: { math: string }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current) box.current.innerHTML = math;
  }, [math]);
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the card can be scrolled by keyboard.
  return <div ref={box} className="equation-line" tabIndex={0} />;
}
