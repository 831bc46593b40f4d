// What every page loads: htmx for the parts that refresh themselves, and the small custom elements.
import "htmx.org";
import "./islands/theme-toggle";
import "./islands/file-drop";
import "./islands/copy-text";
import "./islands/live";
