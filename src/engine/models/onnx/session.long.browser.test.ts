import { expect, test, vi } from "vitest";
import { startBackend } from "../../device/start";
import { drawModel } from "../../interchange/model-graph";
import { OnnxWriter } from "../../interchange/onnx-writer";
import { Purpose, randomFor } from "../../math/random";
import { Backbone } from "../../networks/backbone";
import { type EncoderName, planEncoder } from "../../networks/encoders";
import { createSession, type Place } from "./session";

const side = 24;
const images = Float32Array.from(randomFor(5, Purpose.test).normals(3 * 3 * side * side, 1));

async function networkFile(name: EncoderName): Promise<Uint8Array<ArrayBuffer>> {
  const backbone = Backbone.create(planEncoder(name, 0.25), undefined, randomFor(3, Purpose.test));
  const tensors = (
    await Promise.all([backbone.parameters, backbone.statistics].map((store) => store.named()))
  ).flat();
  const writer = new OnnxWriter({ size: side, channels: 3 });
  const pixels = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
  drawModel(writer, { plan: backbone.encoder, tensors, size: side, ...pixels, binaryWeights: true });
  backbone.dispose();
  return writer.file("network", {});
}

async function answersAt(place: Place, file: Uint8Array<ArrayBuffer>) {
  const session = await createSession(file, new Map(), "all", place);
  const found = await session.run("pixels", images, [3, 3, side, side], ["features"]);
  await session.release();
  return found.get("features")?.values ?? new Float32Array();
}

test.each<EncoderName>(["R8", "MBV3s", "ViT"])(
  "%s answers the same on a graphics card and on the processor",
  async (name) => {
    await startBackend("webgpu");
    const file = await networkFile(name);
    const programs = (["createComputePipeline", "createComputePipelineAsync"] as const).map((make) =>
      vi.spyOn(GPUDevice.prototype, make),
    );
    const card = await answersAt("graphics card", file);
    expect(programs.flatMap(({ mock }) => mock.calls).length).toBeGreaterThan(0);
    vi.restoreAllMocks();
    const processor = await answersAt("processor", file);
    expect(card).toHaveLength(processor.length);
    const scale = Math.max(...processor.map(Math.abs));
    expect(scale).toBeGreaterThan(0);
    for (const [at, value] of processor.entries()) {
      expect(Math.abs((card[at] ?? Number.NaN) - value)).toBeLessThan(1e-4 * scale);
    }
  },
);
