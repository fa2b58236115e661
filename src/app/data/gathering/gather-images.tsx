import "../../styles/gathering.css";
import { useState } from "react";
import {
  addClass,
  countOf,
  emptyGathering,
  filesOf,
  type GatheringProblem,
  gatheringProblems,
  LEAST_PER_CLASS,
} from "../../../store/gathering";
import { texts } from "../../../texts/texts";
import { useActions, useApp } from "../../app-context";
import { useCamera } from "./camera";
import { ClassCard } from "./class-card";
import { useGather } from "./use-gather";

function sentenceOf(problem: GatheringProblem): string {
  const words = texts().gathering.problems;
  switch (problem.kind) {
    case "few-classes":
      return words.fewClasses;
    case "name":
      return words.name(problem.name);
    case "same-name":
      return words.sameName(problem.name);
    case "few-images":
      return words.fewImages(problem.name, problem.found, LEAST_PER_CLASS);
    default:
      return problem satisfies never;
  }
}

/** Classes filled one image at a time: pasted, picked, or taken with the camera. */
export function GatherImages() {
  const words = texts().gathering;
  const gathered = useApp((state) => state.gathering);
  const isLoading = useApp((state) => state.dataset.loading !== undefined);
  const { takeFiles } = useActions();
  const gather = useGather();
  const camera = useCamera();
  const [message, setMessage] = useState<string>();
  const gathering = gathered ?? emptyGathering(words.classNumber);
  const count = countOf(gathering);
  const problems = gatheringProblems(gathering);
  return (
    <div className="stack gathering">
      <p className="small muted">{words.lead(LEAST_PER_CLASS)}</p>
      <div className="row">
        <button
          type="button"
          className="button button-small"
          onClick={() => (camera.isOn ? camera.stop() : void camera.start())}
        >
          {camera.isOn ? words.camera.stop : words.camera.start}
        </button>
      </div>
      {camera.problem && (
        <p className="small" role="status">
          {words.camera[camera.problem]}
        </p>
      )}
      <figure className="camera" hidden={!camera.isOn}>
        <video ref={camera.video} autoPlay playsInline muted aria-label={words.camera.picture} />
        <figcaption className="small muted">{words.camera.hint}</figcaption>
      </figure>
      <ul className="gathered-classes" aria-label={words.classes}>
        {gathering.classes.map((own) => (
          <ClassCard
            key={own.id}
            own={own}
            isChosen={own.id === gathering.chosen}
            take={camera.isOn ? camera.take : undefined}
            showMessage={setMessage}
          />
        ))}
      </ul>
      <p className="small" role="status">
        {message ?? (gathering.refused > 0 ? words.refused(gathering.refused) : "")}
      </p>
      {count > 0 && problems.length > 0 && (
        <ul className="bullets small">
          {problems.map((problem) => (
            <li key={`${problem.kind} ${"name" in problem ? problem.name : ""}`}>{sentenceOf(problem)}</li>
          ))}
        </ul>
      )}
      <div className="row">
        <button
          type="button"
          className="button button-small"
          onClick={() => gather((now) => addClass(now, words.classNumber(now.classes.length + 1)))}
        >
          {words.addClass}
        </button>
        <button
          type="button"
          className="button button-small button-primary"
          disabled={problems.length > 0 || isLoading}
          onClick={() => void takeFiles(words.datasetName, filesOf(gathering))}
        >
          {words.use(count)}
        </button>
      </div>
    </div>
  );
}
