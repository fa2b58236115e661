import { useRef } from "react";

/** Keeps the previous value while the new one is equal, so that nothing drawn from it is drawn again. */
export function useStable<T>(value: T): T {
  const kept = useRef({ value, text: JSON.stringify(value) });
  const text = JSON.stringify(value);
  if (text !== kept.current.text) kept.current = { value, text };
  return kept.current.value;
}
