import { WebhooksPage } from "../manage/webhooks-page.tsx";

export function Component() {
  return <WebhooksPage />;
}
