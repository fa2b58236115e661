import "../styles/models.css";
import { useState } from "react";
import {
  type HubAddress,
  type HubListing,
  parseHubAddress,
  type WantedHubModel,
} from "../../protocol/hub-models";
import { teacherModelTexts } from "../../texts/teacher-model";
import { Field } from "../controls/field";
import { HubModelList } from "./hub-model-list";

/**
 * Models of the Hugging Face hub, by the name or address of their repository. Nothing is requested before a press.
 *
 * @param list asks for a repository's models; undefined if that failed, which the caller shows
 */
export function HubModels({
  isBusy,
  list,
  onFetch,
  onProblem,
}: {
  isBusy: boolean;
  list: (address: HubAddress) => Promise<HubListing | undefined>;
  onFetch: (wanted: WantedHubModel) => void;
  onProblem: (sentence: string) => void;
}) {
  const [text, setText] = useState("");
  const [listing, setListing] = useState<HubListing>();
  const words = teacherModelTexts().hub;
  const address = parseHubAddress(text);

  async function ask(): Promise<void> {
    setListing(undefined);
    if (!address) onProblem(words.invalid(text.trim()));
    else if (address.path !== undefined) onFetch({ ...address, path: address.path });
    else setListing(await list(address));
  }

  return (
    <form
      className="hub-models"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "" && !isBusy) void ask();
      }}
    >
      <Field text={words}>
        {({ control, description }) => (
          <input
            id={control}
            className="input"
            aria-describedby={description}
            placeholder="owner/name"
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <button type="submit" className="button button-small" disabled={isBusy || text.trim() === ""}>
        {address?.path === undefined ? words.list : words.fetch}
      </button>
      {listing && <HubModelList listing={listing} isBusy={isBusy} onFetch={onFetch} />}
    </form>
  );
}
