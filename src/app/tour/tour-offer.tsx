import { Suspense, useState } from "react";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { lazy } from "../lazy";
import { Notice } from "../notices/notice";
import { isFirstVisit, rememberVisit } from "./first-visit";

const Tour = lazy(() => import("./tour").then((loaded) => ({ default: loaded.Tour })));

/** Offered unobtrusively on the first visit; the list of shortcuts can start it again. */
export function TourOffer({ isFirst = isFirstVisit }: { isFirst?: () => boolean }) {
  const [offered, setOffered] = useState(isFirst);
  const isOn = useApp((state) => state.view.touring);
  const isIdle = useApp(({ run }) => run.status === "idle");
  const { setView } = useActions();
  const words = texts().tour;
  const decide = (touring: boolean) => {
    rememberVisit();
    setOffered(false);
    setView({ touring });
  };
  if (isOn) {
    return (
      <Suspense>
        <Tour onEnd={() => decide(false)} />
      </Suspense>
    );
  }
  if (!offered || !isIdle) return null;
  return (
    <Notice tone="info" title={words.offer} cause={words.offerCause}>
      <div className="row">
        <button type="button" className="button" onClick={() => decide(true)}>
          {words.take}
        </button>
        <button type="button" className="button" onClick={() => decide(false)}>
          {words.skip}
        </button>
      </div>
    </Notice>
  );
}
