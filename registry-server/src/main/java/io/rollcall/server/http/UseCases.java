package io.rollcall.server.http;

import io.rollcall.server.app.BulkDeregistration;
import io.rollcall.server.app.Catalog;
import io.rollcall.server.app.ClusterAdmin;
import io.rollcall.server.app.ConfigCatalog;
import io.rollcall.server.app.Configuration;
import io.rollcall.server.app.Drains;
import io.rollcall.server.app.ExpiryControl;
import io.rollcall.server.app.Explanations;
import io.rollcall.server.app.Heartbeats;
import io.rollcall.server.app.KeyControl;
import io.rollcall.server.app.LogLevels;
import io.rollcall.server.app.MetricsReport;
import io.rollcall.server.app.PastCatalog;
import io.rollcall.server.app.ReadConsistency;
import io.rollcall.server.app.Registrations;
import io.rollcall.server.app.ServiceHistory;
import io.rollcall.server.app.Subscribers;
import io.rollcall.server.app.Watches;
import io.rollcall.server.app.access.AccessAdmin;

/**
 * What the interface is a face of.
 *
 * @param registrations registering, deregistering and the operator's word
 * @param bulkDeregistration deregistration of many
 * @param heartbeats signs of life
 * @param drains taking an instance out of traffic
 * @param catalog what is registered
 * @param past what was registered earlier
 * @param history what happened
 * @param configuration writing configuration
 * @param configCatalog reading configuration
 * @param explanations why it is returned or not
 * @param consistency how current an answer is
 * @param watches telling of changes
 * @param subscribers those who are told
 * @param cluster the node and its cluster
 * @param expiry the leader's expiry governor
 * @param access tokens and policies
 * @param keys the keys that secrets are sealed with
 * @param metrics what the node measures
 * @param logLevels what it logs of
 */
public record UseCases(
        Registrations registrations,
        BulkDeregistration bulkDeregistration,
        Heartbeats heartbeats,
        Drains drains,
        Catalog catalog,
        PastCatalog past,
        ServiceHistory history,
        Configuration configuration,
        ConfigCatalog configCatalog,
        Explanations explanations,
        ReadConsistency consistency,
        Watches watches,
        Subscribers subscribers,
        ClusterAdmin cluster,
        ExpiryControl expiry,
        AccessAdmin access,
        KeyControl keys,
        MetricsReport metrics,
        LogLevels logLevels) {}
