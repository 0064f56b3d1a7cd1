package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
)

// fault is a failure to inject into the next calls that match it.
type fault struct {
	// On is a part of "POST /bigquery/v2/..." or of the name of a gRPC method.
	On string
	// Do is refuse (reject the call), lose (execute the call, lose its response) or reset (execute the call, cut the connection).
	Do string
	// Status is the status of a refusal: 400, 401, 403, 404, 429 or 503.
	Status int
	// Reason is BigQuery's reason for the refusal of a REST request, if it is not the usual one of the status.
	Reason string
	// Times is the number of calls that still fail.
	Times int
}

// faults holds the pending faults.
type faults struct {
	mutex   sync.Mutex
	pending []*fault
}

// ServeHTTP replaces the pending faults on PUT and returns them on GET.
func (f *faults) ServeHTTP(answer http.ResponseWriter, request *http.Request) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if request.Method == http.MethodPut {
		var asked []*fault
		if err := json.NewDecoder(request.Body).Decode(&asked); err != nil {
			http.Error(answer, err.Error(), http.StatusBadRequest)
			return
		}
		f.pending = asked
	}
	answer.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(answer).Encode(f.pending)
}

// next returns the fault of a call and counts it; returns the zero fault if none matches.
func (f *faults) next(call string) fault {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for _, candidate := range f.pending {
		if candidate.Times > 0 && strings.Contains(call, candidate.On) {
			candidate.Times--
			return *candidate
		}
	}
	return fault{}
}
