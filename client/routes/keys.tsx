import { KeysPage } from "../manage/keys-page.tsx";

export function Component() {
  return <KeysPage />;
}
