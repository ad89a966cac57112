package io.rollcall.chaos.history;

/**
 * Which instance.
 *
 * @param service its service
 * @param id unique within the service
 */
public record InstanceRef(String service, String id) {

    @Override
    public String toString() {
        return service + "/" + id;
    }
}
