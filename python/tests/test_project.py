"""An exported project: its traces, on one process and on two, and its trainings, interrupted or not.

RETORT_PROJECT names its folder; without it these tests are skipped. RETORT_DIFFERENCES names a file for what was found.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any, Dict, List

_FOLDER = os.environ.get("RETORT_PROJECT", "")
_PORT = 29_600 + os.getpid() % 300
_STEPS = 24
_TOGETHER = 8
"""Steps of a stage until an input of a unit may have come so near to 0 that rounding decides whether the unit is on."""


def start(processes: int, words: List[str], folder: Path) -> List[subprocess.Popen]:
    """Starts what torchrun would start, with the package that lies in the project."""
    started = []
    for rank in range(processes):
        environment = {
            **os.environ,
            "OMP_NUM_THREADS": "1",
            "RANK": str(rank),
            "LOCAL_RANK": str(rank),
            "WORLD_SIZE": str(processes),
            "MASTER_ADDR": "127.0.0.1",
            "MASTER_PORT": str(_PORT),
        }
        command = [sys.executable, "-m", "retort_torch", *words]
        started.append(subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True))
    return started


def ended(started: List[subprocess.Popen]) -> List[int]:
    """Waits for all, and returns their exit codes."""
    for process in started:
        process.communicate(timeout=900)
    return [process.returncode for process in started]


def rows_of(folder: Path) -> List[Dict[str, Any]]:
    rows = [json.loads(line) for line in (folder / "rows.jsonl").read_text().splitlines()]
    for row in rows:
        del row["wall"]
    return rows


def draw_folder(root: Path, classes: int, count: int) -> None:
    """Images of 48 x 40 pixels, one color for each class with noise, in one folder per class."""
    import numpy as np
    from PIL import Image

    random = np.random.default_rng(1)
    for label in range(classes):
        folder = root / f"class{label}"
        folder.mkdir(parents=True)
        for number in range(count):
            pixels = random.integers(0, 64, (40, 48, 3)) + 60 * label
            Image.fromarray(pixels.astype(np.uint8)).save(folder / f"{number:03}.png")


@unittest.skipUnless(_FOLDER, "RETORT_PROJECT names no exported project")
class Project(unittest.TestCase):
    folder: Path

    @classmethod
    def setUpClass(cls) -> None:
        """A copy with shorter stages, at rates at which float32 cannot decide whether networks part."""
        cls.folder = Path(tempfile.mkdtemp(prefix="retort-project-"))
        shutil.copytree(_FOLDER, cls.folder, dirs_exist_ok=True)
        experiment = json.loads((cls.folder / "experiment.json").read_text())
        for arm in experiment["arms"]:
            arm.update(steps=_STEPS, teacherSteps=min(arm["teacherSteps"], 10), warmup=0.5)
            arm["optimiser"].update(learningRate=0.02, teacherLearningRate=0.02)
        experiment["evaluation"]["everySteps"] = 8
        (cls.folder / "experiment.json").write_text(json.dumps(experiment))
        cls.arms = experiment["arms"]

    @classmethod
    def tearDownClass(cls) -> None:
        shutil.rmtree(cls.folder)

    def test_every_trace_is_replayed_by_one_process_and_by_two(self) -> None:
        found: List[Dict[str, Any]] = []
        for processes in (1, 2):
            file = self.folder / f"differences-{processes}.json"
            words = ["check", _FOLDER, "--json", str(file)]
            started = start(processes, words, self.folder)
            self.assertEqual(ended(started), [0] * processes)
            for arm in json.loads(file.read_text()):
                with self.subTest(arm=arm["name"], processes=processes):
                    self.assertGreaterEqual(arm["steps"], 5)
                    self.assertLessEqual(max(arm["losses"], arm["parameters"]), 1e-4)
                    self.assertGreater(arm["moved"], 10 * arm["parameters"])
                    self.assertLessEqual(arm["start"], 1e-6)
                    self.assertLessEqual(arm["scalars"], 1e-9)
                    self.assertLessEqual(arm["views"], 1e-3)
                    self.assertLessEqual(arm["flipped"], 1e-3)
                found.append({**arm, "processes": processes})
        if "RETORT_DIFFERENCES" in os.environ:
            Path(os.environ["RETORT_DIFFERENCES"]).write_text(json.dumps(found))

    def test_two_processes_train_as_one_does(self) -> None:
        for processes in (1, 2):
            self.assertEqual(
                ended(start(processes, ["train", "--out", f"by-{processes}"], self.folder)), [0] * processes
            )
        for index, arm in enumerate(self.arms):
            one, two = (rows_of(self.folder / f"by-{n}/arm-{index}-seed-1") for n in (1, 2))
            with self.subTest(arm=arm["name"]):
                self.assertEqual([row["step"] for row in one], [row["step"] for row in two])
                self.assertEqual(one[-1]["step"], _STEPS)
                for first, second in zip(one, two):
                    self.assertEqual(first["values"].keys(), second["values"].keys())
                    for name, value in first["values"].items():
                        if "oss" in name:
                            delta = 1e-4 if first["step"] <= _TOGETHER else 1e-2
                            self.assertAlmostEqual(value, second["values"][name], delta=delta)

    def test_a_training_that_is_stopped_and_resumed_equals_one_that_is_not(self) -> None:
        whole, parts = self.folder / "whole", self.folder / "parts"
        for index, arm in enumerate(self.arms):
            words = ["train", "--arm", str(index), "--out"]
            self.assertEqual(ended(start(1, [*words, str(whole)], self.folder)), [0])
            codes = [self._interrupted([*words, str(parts), "--resume"], parts / f"arm-{index}-seed-1")]
            while codes[-1] == 75 and len(codes) < 10:
                codes += ended(start(1, [*words, str(parts), "--resume"], self.folder))
            with self.subTest(arm=arm["name"]):
                self.assertEqual((codes[0], codes[-1]), (75, 0))
                name = f"arm-{index}-seed-1"
                self.assertEqual(rows_of(parts / name), rows_of(whole / name))
                files = [(folder / name / "student.safetensors").read_bytes() for folder in (whole, parts)]
                self.assertEqual(files[0], files[1])

    def _interrupted(self, words: List[str], folder: Path) -> int:
        """The exit code of a training that gets TERM once it has written a row of a loss."""
        [process] = start(1, words, self.folder)
        rows = folder / "rows.jsonl"
        while process.poll() is None and not (rows.exists() and "oss" in rows.read_text()):
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        return ended([process])[0]

    def test_other_images_networks_and_precision_are_one_option_each(self) -> None:
        images = self.folder / "images"
        draw_folder(images, classes=3, count=30)
        words = ["train", "--arm", "0", "--out"]
        options = [
            "--data",
            str(images),
            "--workers",
            "1",
            "--student",
            "resnet18",
            "--resolution",
            "32",
            "--stored",
            "40",
        ]
        self.assertEqual(ended(start(1, [*words, "folder", *options], self.folder)), [0])
        out = self.folder / "folder/arm-0-seed-1"
        self.assertEqual(rows_of(out)[-1]["step"], _STEPS)
        self.assertTrue((out / "student-torchvision.pt").exists())
        for name, more in (("full", []), ("half", ["--amp", "bf16"])):
            self.assertEqual(ended(start(1, [*words, name, *more], self.folder)), [0])
        full, half = (rows_of(self.folder / name / "arm-0-seed-1") for name in ("full", "half"))
        self.assertAlmostEqual(half[-1]["values"]["studentLoss"], full[-1]["values"]["studentLoss"], delta=0.1)
        self.assertNotEqual(half[-1]["values"]["studentLoss"], full[-1]["values"]["studentLoss"])

    def test_a_run_that_exists_is_not_overwritten(self) -> None:
        out = self.folder / "once/arm-0-seed-1"
        out.mkdir(parents=True)
        (out / "checkpoint.pt").write_bytes(b"kept")
        process = subprocess.run(
            [sys.executable, "-m", "retort_torch", "train", "--arm", "0", "--out", "once"],
            cwd=self.folder,
            capture_output=True,
            text=True,
        )
        self.assertEqual(process.returncode, 1)
        self.assertIn("holds a run: pass --resume to continue it, or another --out.", process.stderr)
        self.assertEqual((out / "checkpoint.pt").read_bytes(), b"kept")


if __name__ == "__main__":
    unittest.main()
