import { Suspense, useState } from "react";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { Entry } from "../arrival/entry";
import { lazy } from "../lazy";
import { isFirstVisit, rememberVisit } from "./first-visit";

const Tour = lazy(() => import("./tour").then((loaded) => ({ default: loaded.Tour })));

/** The tour, while it is on; the list of shortcuts can start it again. */
export function TourPlace() {
  const isOn = useApp((state) => state.view.touring);
  const { setView } = useActions();
  return isOn ? (
    <Suspense>
      <Tour onEnd={() => setView({ touring: false })} />
    </Suspense>
  ) : null;
}

/** Offered on the first visit. */
export function TourOffer({ isFirst = isFirstVisit }: { isFirst?: () => boolean }) {
  const [offered] = useState(isFirst);
  const { setView } = useActions();
  const words = texts().tour;
  const take = () => {
    rememberVisit();
    setView({ touring: true });
  };
  return offered ? <Entry title={words.take} lead={words.offerCause} onOpen={take} /> : null;
}
