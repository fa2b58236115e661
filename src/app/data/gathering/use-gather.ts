import { useCallback } from "react";
import type { Gathering } from "../../../store/gathering";
import { texts } from "../../../texts/texts";
import { useActions } from "../../app-context";

export type Gather = (change: (gathering: Gathering) => Gathering) => void;

/** Changes the gathered images; the first change creates two empty classes. */
export function useGather(): Gather {
  const { gather } = useActions();
  return useCallback((change) => gather(change, texts().gathering.classNumber), [gather]);
}
