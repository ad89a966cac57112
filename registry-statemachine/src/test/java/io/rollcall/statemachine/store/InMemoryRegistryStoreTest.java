package io.rollcall.statemachine.store;

final class InMemoryRegistryStoreTest extends RegistryStoreContract {

    @Override
    RegistryStore create() {
        return new InMemoryRegistryStore();
    }
}
