import { useCallback, useState } from "react";
import type { RejectedFile } from "../../protocol/dataset";
import type { Tried, TriedImage } from "../../protocol/tried";
import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";

/** The last answers to an image; `refusal` says why a file is none, `isGone` that there are no networks any more. */
export function useTryout(runId: string) {
  const { tryImage } = useEngine();
  const wasTrainedHere = useApp(({ run }) => run.reopened === undefined && run.status !== "failed");
  const [asked, setAsked] = useState<TriedImage["image"]>();
  const [tried, setTried] = useState<Tried>();
  const [rejected, setRejected] = useState<RejectedFile>();
  const [isAsking, setAsking] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const ask = useCallback(
    async (image: TriedImage["image"]) => {
      setAsked(image);
      setAsking(true);
      const found = await tryImage({ runId, image });
      setAsking(false);
      setRefused(found === undefined);
      setRejected(found && "rejected" in found ? found.rejected : undefined);
      if (found && "answers" in found) setTried(found);
    },
    [tryImage, runId],
  );
  return {
    ask,
    asked,
    tried,
    isAsking,
    refusal: rejected && texts().data.rejection(rejected.reason, rejected.detail),
    isGone: !wasTrainedHere || isRefused,
  };
}
