package io.rollcall.server.http;

import io.rollcall.server.app.access.AuditTrail;
import io.rollcall.server.app.access.Doorkeeper;
import io.rollcall.server.config.LimitSettings;

/**
 * What stands around the routes.
 *
 * @param doorkeeper decides for whom there is room
 * @param limits how long callers may take
 * @param audit where it is written down who did what
 * @param auditReads whether reads of data are, too
 */
public record Protection(Doorkeeper doorkeeper, LimitSettings limits, AuditTrail audit, boolean auditReads) {}
