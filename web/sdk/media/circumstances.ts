import type { Circumstances } from "./problems.ts";

type Wanted = "camera" | "microphone" | "display-capture";

/** Chromium's name for the API that the Permissions-Policy specification is to get. */
interface PolicyDocument extends Document {
  featurePolicy?: { allowsFeature(name: string): boolean };
}

/** Asks the browser what surrounds a request that failed. Never rejects. */
export async function circumstances(wanted: Wanted): Promise<Circumstances> {
  return {
    secure: isSecureContext && navigator.mediaDevices !== undefined,
    allowedByPolicy: (document as PolicyDocument).featurePolicy?.allowsFeature(wanted),
    permission: wanted === "display-capture" ? undefined : await permissionFor(wanted),
  };
}

async function permissionFor(name: "camera" | "microphone"): Promise<PermissionState | undefined> {
  try {
    return (await navigator.permissions.query({ name })).state;
  } catch {
    return undefined; // a browser that does not know the name
  }
}
