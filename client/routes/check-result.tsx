import { useParams } from "react-router";
import { CheckResultPage } from "../system-check/check-result-page.tsx";

export function Component() {
  const { code = "" } = useParams();
  return <CheckResultPage key={code} code={code} />;
}
