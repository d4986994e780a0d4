import { useEffect } from "react";
import { useRouteError } from "react-router";
import { BrokenPage } from "./broken-page.tsx";

/** The edge of each route. A page whose chunk could not be loaded lands here too. */
export function RouteError() {
  const error = useRouteError();
  useEffect(() => {
    console.error("The page broke", error);
  }, [error]);
  return <BrokenPage />;
}
