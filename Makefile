# Every check has its fixer. Most targets are one Maven line, so that none of them is needed.

ARCHITECTURE = -Dtest='ArchitectureTest,TidyTest' -Dsurefire.failIfNoSpecifiedTests=false
SCENARIOS = -Dtest=NoUnitTest -Dsurefire.failIfNoSpecifiedTests=false \
            -Dit.test='io/rollcall/chaos/*IT' -Dfailsafe.failIfNoSpecifiedTests=false

.PHONY: help fmt check api test it verify chaos soak run3 bench coverage outdated hooks

help:            ## This list
	@sed -n 's/^\([a-z0-9]*\):.*## /\1	/p' Makefile | expand -t 12

fmt:             ## Format Java and poms (fixes what check refuses)
	mvn -q -Pbench spotless:apply

check:           ## Format, lints, architecture and house rules
	mvn -B -Pbench test $(ARCHITECTURE)

api:             ## Write down what is new in the library's public API; make api BREAKING=yes also what is gone
	mvn -B -q -Dlint=false -pl registry-client -am test -Dtest=ApiCompatibilityTest \
	    -Dsurefire.failIfNoSpecifiedTests=false -Drollcall.api.update=$(if $(BREAKING),everything,additions)

test:            ## Unit tests
	mvn -B test

it:              ## Unit and integration tests
	mvn -B verify

verify:          ## What must pass before a change lands
	bin/verify

chaos:           ## Faults on a real cluster; make chaos SEED=42 repeats a run
	mvn -B -Pchaos -pl chaos-tests -am verify $(SCENARIOS) $(if $(SEED),-Drollcall.test.seed=$(SEED))

soak:            ## Half an hour of random faults
	mvn -B -Psoak -pl chaos-tests -am verify $(SCENARIOS) $(if $(SEED),-Drollcall.test.seed=$(SEED))

run3:            ## Three empty nodes on loopback
	bin/rollcall demo --empty

bench:           ## The load driver; make bench ARGS=--help
	bin/rollcall bench $(ARGS)

coverage:        ## A report of the covered lines in each module's target/site/jacoco
	mvn -B -Pcoverage verify

outdated:        ## Newer versions of libraries and plugins
	mvn -B versions:display-property-updates versions:display-plugin-updates

hooks:           ## Refuse commits that are not formatted
	git config core.hooksPath .githooks
