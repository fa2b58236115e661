"""Random numbers, images, batch norm and refusals, each by itself."""

from __future__ import annotations

import hashlib
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch
import torch.nn.functional as F

from retort_torch.collectives import Groups, Share
from retort_torch.data import shapes, textures
from retort_torch.data.folder import ImageFiles, read_folder
from retort_torch.data.images import limited, split, with_label_noise
from retort_torch.data.resize import square
from retort_torch.data.load import load_images
from retort_torch.experiment import NETWORKS, TORCHVISION, refusal_of, require_trainable
from retort_torch.networks.backbone import Backbone, plan_encoder
from retort_torch.networks.resnet import torchvision_name
from retort_torch.norm import Mode, batch_norm
from retort_torch.randomness import Random, Sampler, philox
from tests.test_project import draw_folder

_FINGERPRINTS = {
    (shapes.draw_images, "easy"): "22e6d319350c42775ef53ce32602f0aaabd6c9ee7a9480b77622d83676258fe3",
    (shapes.draw_images, "normal"): "6857576af4d232bd7ec6c0ed682aaa1a3269db6cd5f430c9fcc13746f46013ba",
    (shapes.draw_images, "hard"): "da2cc1a59ca9c7f90bb469c64b2e45164f178b71916ab291aa7809dc6b62908d",
    (textures.draw_images, "easy"): "1c1f6e864ca70fd4fd81a6da110e72e92a99df688695b12df65f33424cea9170",
    (textures.draw_images, "normal"): "a5ddfd6facb6ccb4590dc60f2037dbd72af38c9fbae7d69503e033fa9c4884e6",
    (textures.draw_images, "hard"): "b565ddb87f52f9ddbd42e101f5c4775749c563049744e2e6360580d2358e036e",
}
"""Of the page's first 40 test images of seed 20240229 at 24 px (draw-dataset.test.ts)."""


class RandomNumbers(unittest.TestCase):
    def test_philox_gives_the_published_words(self) -> None:
        """The known answers that come with Random123."""
        cases = [
            ((0, 0), (0, 0, 0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
            ((0xFFFFFFFF, 0xFFFFFFFF), (0xFFFFFFFF,) * 4, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
            (
                (0xA4093822, 0x299F31D0),
                (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
                "d16cfe09 94fdcceb 5001e420 24126ea1",
            ),
        ]
        for key, counter, words in cases:
            drawn = philox(key, np.array(counter, np.uint64))
            self.assertEqual(" ".join(f"{int(word):08x}" for word in drawn), words)

    def test_addresses_broadcast(self) -> None:
        random = Random.of(3, 4)
        together = random.words(7, 2, np.arange(5), 1)
        for sample in range(5):
            self.assertTrue(np.array_equal(together[sample], random.words(7, 2, sample, 1)))

    def test_a_permutation_has_every_number_once(self) -> None:
        for count in (0, 1, 2, 97):
            self.assertEqual(sorted(Random.of(1, 2).permutation(count, 3).tolist()), list(range(count)))

    def test_an_epoch_shows_no_image_twice(self) -> None:
        sampler = Sampler(5, 50, 16)
        seen = np.concatenate([sampler.batch(step) for step in range(sampler.steps_per_epoch)])
        self.assertEqual(len(set(seen.tolist())), 48)
        self.assertTrue(np.array_equal(sampler.batch(1), Sampler(5, 50, 16).batch(1)))


class ImagesOfTheExperiment(unittest.TestCase):
    def test_built_in_images_are_the_pages_bit_for_bit(self) -> None:
        for (draw_images, difficulty), wanted in _FINGERPRINTS.items():
            pixels = draw_images(20_240_229, 24, difficulty, 1, np.arange(40))
            self.assertEqual(hashlib.sha256(pixels.tobytes()).hexdigest(), wanted)

    def test_a_split_keeps_every_image_once_and_every_class_everywhere(self) -> None:
        labels = np.arange(60) % 3
        parts = split(labels, 3, 0.1, 0.2, seed=1)
        self.assertEqual(sorted(np.concatenate(list(parts.values())).tolist()), list(range(60)))
        for members in parts.values():
            self.assertEqual(set(labels[members].tolist()), {0, 1, 2})
        few = limited(labels, parts["train"], 3, 4, seed=1)
        more = limited(labels, parts["train"], 3, 6, seed=1)
        self.assertEqual((len(few), len(more)), (12, 18))
        self.assertTrue(set(few.tolist()) <= set(more.tolist()))

    def test_label_noise_gives_other_classes_to_a_share(self) -> None:
        labels = np.arange(2_000) % 10
        noisy = with_label_noise(labels, 10, 0.3, seed=2)
        self.assertAlmostEqual(float((noisy != labels).mean()), 0.3, delta=0.04)
        self.assertTrue(np.array_equal(with_label_noise(labels, 10, 0, seed=2), labels))

    def test_resizing_keeps_the_mean(self) -> None:
        image = np.random.default_rng(1).integers(0, 256, (40, 48, 3), np.uint8)
        middle = image[:, 4:44]
        self.assertAlmostEqual(float(square(image, 16).mean()), float(middle.mean()), delta=0.6)
        self.assertTrue(np.array_equal(square(image, 40), middle))
        self.assertEqual(square(image, 50).shape, (50, 50, 3))


class Folders(unittest.TestCase):
    settings = {"source": "shapes", "labelNoise": 0, "seed": 1}

    def test_a_folder_is_divided_as_on_the_page_and_decoded_once_or_whenever_needed(self) -> None:
        with tempfile.TemporaryDirectory() as root:
            draw_folder(Path(root), classes=2, count=20)
            held = read_folder(Path(root), self.settings, 16)
            self.assertEqual([len(part.labels) for part in (held.train, held.validation, held.test)], [28, 4, 8])
            with mock.patch("retort_torch.data.folder._IN_MEMORY", 0):
                needed = read_folder(Path(root), self.settings, 16)
            self.assertIsInstance(needed.train, ImageFiles)
            some = np.array([3, 1])
            self.assertTrue(np.array_equal(held.train.pixels_of(some), needed.train.pixels_of(some)))
            self.assertEqual(held.mean, needed.mean)

    def test_parts_with_folders_keep_them(self) -> None:
        with tempfile.TemporaryDirectory() as root:
            for part, count in (("train", 10), ("val", 3), ("test", 4)):
                draw_folder(Path(root) / part, classes=2, count=count)
            found = read_folder(Path(root), self.settings, 16)
            self.assertEqual([len(part.labels) for part in (found.train, found.validation, found.test)], [20, 6, 8])

    def test_a_folder_without_classes_is_refused(self) -> None:
        with tempfile.TemporaryDirectory() as root:
            with self.assertRaisesRegex(SystemExit, "needs one folder for each class; it has 0"):
                read_folder(Path(root), self.settings, 16)
        with self.assertRaisesRegex(SystemExit, "There is no folder"):
            read_folder(Path(root) / "nowhere", self.settings, 16)


class BatchNorm(unittest.TestCase):
    def test_groups_are_normalized_apart_as_by_pytorch(self) -> None:
        torch.manual_seed(1)
        x, gamma, beta = torch.randn(12, 5, 4, 4), torch.randn(5), torch.randn(5)
        mean, variance = torch.zeros(5), torch.ones(5)
        wanted_mean, wanted_variance = mean.clone(), variance.clone()
        mode = Mode("train", Groups.of(Share.of(6), views=2, parts=3))
        y = batch_norm(x, gamma, beta, mode, mean, variance)
        parts = [F.batch_norm(some, wanted_mean, wanted_variance, gamma, beta, True, 0.1, 1e-5) for some in x.split(2)]
        self.assertLess(float((y - torch.cat(parts)).abs().max()), 1e-5)
        self.assertLess(float((mean - wanted_mean).abs().max()), 1e-6)
        self.assertLess(float((variance - wanted_variance).abs().max()), 1e-5)

    def test_gradients_are_those_of_finite_differences(self) -> None:
        torch.manual_seed(2)
        x, gamma, beta = (
            torch.randn(*shape, dtype=torch.float64, requires_grad=True) for shape in ((6, 3, 2, 2), (3,), (3,))
        )
        mode = Mode("frozen", Groups.of(Share.of(6), parts=2))
        zero, one = torch.zeros(3, dtype=torch.float64), torch.ones(3, dtype=torch.float64)
        self.assertTrue(torch.autograd.gradcheck(lambda *given: batch_norm(*given, mode, zero, one), (x, gamma, beta)))

    def test_shuffled_groups_are_those_of_shuffled_images(self) -> None:
        torch.manual_seed(3)
        x, one, zero = torch.randn(8, 3), torch.ones(3), torch.zeros(3)
        order = torch.randperm(8)
        share = Share.of(8)
        moved = batch_norm(x[order], one, zero, Mode("frozen", Groups.of(share, parts=4)), zero, one)
        kept = batch_norm(x, one, zero, Mode("frozen", Groups.of(share, parts=4, positions=order.argsort())), zero, one)
        self.assertLess(float((kept[order] - moved).abs().max()), 1e-6)


class Networks(unittest.TestCase):
    def test_torchvision_networks_have_torchvision_names_and_outputs(self) -> None:
        try:
            from torchvision.models import resnet18, resnet50
        except (ImportError, RuntimeError):
            self.skipTest("torchvision is not installed here")
        torch.manual_seed(4)
        images = torch.randn(4, 3, 64, 64)
        for name, create in (("resnet18", resnet18), ("resnet50", resnet50)):
            own = Backbone(plan_encoder({"network": name, "width": 1}, 3), None, Random.of(1, 1))
            stores = {**own.weights.named(), **own.statistics.named()}
            theirs = create()
            state = {torchvision_name(name, key): x for key, x in stores.items()}
            missing = theirs.load_state_dict(state, strict=False)
            self.assertEqual(missing.unexpected_keys, [])
            self.assertTrue(all(key.startswith("fc.") or key.endswith("tracked") for key in missing.missing_keys))
            theirs.fc = torch.nn.Identity()
            mode = Mode("train", Groups.of(Share.of(4)))
            wanted = theirs.train()(images)
            apart = (own.features(images, mode) - wanted).abs().max() / wanted.abs().max()
            self.assertLess(float(apart), 1e-4)


class Refusals(unittest.TestCase):
    network = {"network": "R8", "width": 1}
    plain = {"start": {"from": "scratch"}, "fixSteps": 0, "name": "A", "student": network, "teacher": network}
    labels = {"unlabelled": 0}

    def test_what_is_not_here_is_refused_by_name(self) -> None:
        byol = {**self.plain, "scheme": {"method": "byol"}}
        self.assertIsNone(refusal_of(byol, self.labels))
        cases = [
            ({**byol, "scheme": {"method": "dino"}}, r"A: not in this package: the method dino \(scheme.method\)"),
            ({**byol, "fixSteps": 5}, r"the Fix strategy \(fixSteps\)"),
            ({**byol, "start": {"from": "byol"}}, "a start from pretraining"),
            ({**byol, "scheme": {"method": "dml", "excludeCrashed": True}}, "the exclusion of crashed members"),
            ({**byol, "student": {"network": "ReAct", "width": 1}}, "a network other than R8, R18"),
        ]
        for arm, words in cases:
            with self.assertRaisesRegex(SystemExit, words):
                require_trainable(arm, self.labels)
        with self.assertRaisesRegex(SystemExit, "withheld labels"):
            require_trainable(byol, {"unlabelled": 0.5})
        with self.assertRaisesRegex(SystemExit, "imported images: pass their folder with --data"):
            load_images({"dataset": {"source": "files"}}, None)

    def test_every_listed_network_can_be_planned(self) -> None:
        for network in (*NETWORKS, *TORCHVISION):
            self.assertGreater(plan_encoder({"network": network, "width": 1}, 3).features, 0)


if __name__ == "__main__":
    unittest.main()
