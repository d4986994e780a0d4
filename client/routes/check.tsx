import { CheckPage } from "../system-check/check-page.tsx";

export function Component() {
  return <CheckPage />;
}
