/**
 * `rotationOf(angle)`: cosine and sine of an angle in [−2π, 2π]. The built-in functions of WGSL may be off by 2⁻¹¹, a
 * hundredth of a pixel at the edge of an image. This uses series of a quarter of the angle, doubled twice.
 */
export const rotationWgsl = /* wgsl */ `
fn doubled(rotation: vec2<f32>) -> vec2<f32> {
  return vec2<f32>(rotation.x * rotation.x - rotation.y * rotation.y, 2.0 * rotation.x * rotation.y);
}

fn rotationOf(angle: f32) -> vec2<f32> {
  let a = 0.25 * angle;
  let q = a * a;
  let cosine = 1.0 - q / 2.0 * (1.0 - q / 12.0 * (1.0 - q / 30.0 * (1.0 - q / 56.0 * (1.0 - q / 90.0))));
  let sine = a * (1.0 - q / 6.0 * (1.0 - q / 20.0 * (1.0 - q / 42.0 * (1.0 - q / 72.0 * (1.0 - q / 110.0)))));
  return doubled(doubled(vec2<f32>(cosine, sine)));
}
`;
