import { useParams } from "react-router";
import { WebhookPage } from "../manage/webhook-page.tsx";

export function Component() {
  const { webhookId = "" } = useParams();
  return <WebhookPage webhookId={webhookId} />;
}
