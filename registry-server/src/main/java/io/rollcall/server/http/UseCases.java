package io.rollcall.server.http;

import io.rollcall.server.app.BulkDeregistration;
import io.rollcall.server.app.Catalog;
import io.rollcall.server.app.ClusterAdmin;
import io.rollcall.server.app.ReadConsistency;
import io.rollcall.server.app.Registrations;

/**
 * What the interface is a face of.
 *
 * @param registrations registering, deregistering and the operator's word
 * @param bulkDeregistration deregistration of many
 * @param catalog what is registered
 * @param consistency how current an answer is
 * @param cluster the node and its cluster
 */
public record UseCases(
        Registrations registrations,
        BulkDeregistration bulkDeregistration,
        Catalog catalog,
        ReadConsistency consistency,
        ClusterAdmin cluster) {}
