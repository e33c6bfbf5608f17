// Session descriptions with what the core and the fake peer connections read of them: the sections
// and the ICE user name fragment (RFC 8866, RFC 8839).

export interface Section {
  mid: string;
  kind: "audio" | "video" | "application";
}

export function writeSdp(sections: Section[], fragment: string): string {
  const lines = ["v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0"];
  for (const { mid, kind } of sections) {
    lines.push(`m=${kind} 9 UDP/TLS/RTP/SAVPF 0`, "c=IN IP4 0.0.0.0", `a=mid:${mid}`);
    lines.push(`a=ice-ufrag:${fragment}`, "a=ice-pwd:secretsecretsecretsecret");
    if (kind !== "application") lines.push("a=sendrecv");
  }
  return lines.join("\r\n") + "\r\n";
}

export function sectionsOf(sdp: string): Section[] {
  const kinds = [...sdp.matchAll(/^m=(\w+)/gm)].map((match) => match[1] as Section["kind"]);
  const mids = [...sdp.matchAll(/^a=mid:(\S+)/gm)].map((match) => match[1] ?? "");
  return kinds.map((kind, index) => ({ kind, mid: mids[index] ?? "" }));
}

export const fragmentOf = (sdp: string): string => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? "";
