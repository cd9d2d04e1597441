/** Imported before any schema is made: the page's policy forbids eval, which zod would otherwise probe for. */

import * as z from "zod/mini";

z.config({ jitless: true });
