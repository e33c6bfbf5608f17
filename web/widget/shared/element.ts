import type { CSSResultGroup, LitElement } from "lit";
import { unsafeCSS } from "lit";
import base from "./base.css";

/** The style sheets of an element: what all share, then its own. */
export const styles = (own: string): CSSResultGroup => [unsafeCSS(base), unsafeCSS(own)];

/** Registers an element; a page may have loaded the script twice. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}

/** Tells the element around of something the person did. */
export function emit(from: HTMLElement, type: string, detail?: unknown): void {
  from.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
}

/** The one element of this name (or selector) that `within` has rendered. */
export function find<K extends keyof HTMLElementTagNameMap>(
  within: LitElement,
  tag: K,
): HTMLElementTagNameMap[K] | null;
export function find(within: LitElement, selector: string): HTMLElement | null;
export function find(within: LitElement, selector: string): HTMLElement | null {
  return within.renderRoot.querySelector(selector);
}
