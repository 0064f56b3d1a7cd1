package main

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"
	"sync"

	pb "cloud.google.com/go/bigquery/storage/apiv1/storagepb"
	rpc "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

const largestMessage = 128 << 20

// connections are the open ones by the client's address, so that a fault can cut one.
type connections struct {
	net.Listener
	open sync.Map
}

func (c *connections) Accept() (net.Conn, error) {
	connection, err := c.Listener.Accept()
	if err == nil {
		c.open.Store(connection.RemoteAddr().String(), connection)
	}
	return connection, err
}

func (c *connections) cut(ctx context.Context) {
	if client, ok := peer.FromContext(ctx); ok {
		if connection, ok := c.open.LoadAndDelete(client.Addr.String()); ok {
			cut(connection.(net.Conn))
		}
	}
}

func serveGRPC(at, backend string, certificate tls.Certificate, faults *faults) error {
	client, err := grpc.NewClient(backend, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(largestMessage), grpc.MaxCallSendMsgSize(largestMessage)))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", at)
	if err != nil {
		return err
	}
	open := &connections{Listener: listener}
	server := grpc.NewServer(grpc.Creds(credentials.NewServerTLSFromCert(&certificate)),
		grpc.MaxRecvMsgSize(largestMessage), grpc.MaxSendMsgSize(largestMessage),
		grpc.UnaryInterceptor(unaryFaults(faults, open)))
	pb.RegisterBigQueryReadServer(server, &reads{backend: pb.NewBigQueryReadClient(client)})
	pb.RegisterBigQueryWriteServer(server, &writes{
		backend: pb.NewBigQueryWriteClient(client), faults: faults, open: open,
		rows: map[string]int64{}, committed: map[string]bool{}})
	return server.Serve(open)
}

func unaryFaults(faults *faults, open *connections) grpc.UnaryServerInterceptor {
	return func(ctx context.Context, request any, call *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
		fault := faults.next(call.FullMethod)
		if fault.Do == "refuse" {
			return nil, refusal(fault)
		}
		answer, err := handle(ctx, request)
		if err == nil {
			err = lost(ctx, fault, open)
		}
		return answer, err
	}
}

var statuses = map[int]codes.Code{
	400: codes.InvalidArgument, 401: codes.Unauthenticated, 403: codes.PermissionDenied, 404: codes.NotFound,
	429: codes.ResourceExhausted, 503: codes.Unavailable,
}

func refusal(fault fault) error {
	return status.Error(statuses[fault.Status], "injected by the front")
}

// lost keeps the answer to a call that is done from the client.
func lost(ctx context.Context, fault fault, open *connections) error {
	switch fault.Do {
	case "reset":
		open.cut(ctx)
		fallthrough
	case "lose":
		return status.Error(codes.Unavailable, "the front lost the answer")
	}
	return nil
}

// reads stand before the emulator's Storage Read API.
type reads struct {
	pb.UnimplementedBigQueryReadServer
	backend pb.BigQueryReadClient
}

// CreateReadSession asks for one stream: the emulator sends every row in each.
func (r *reads) CreateReadSession(ctx context.Context, request *pb.CreateReadSessionRequest) (*pb.ReadSession, error) {
	request.MaxStreamCount, request.PreferredMinStreamCount = 1, 0
	session, err := r.backend.CreateReadSession(ctx, request)
	if schema := session.GetArrowSchema(); schema != nil {
		schema.SerializedSchema = schema.SerializedSchema[:schemaLength(schema.SerializedSchema)]
	}
	if schema := session.GetAvroSchema(); schema != nil {
		schema.Schema = strings.ReplaceAll(schema.Schema, string(renamedColumn), string(reservedColumn))
	}
	return session, err
}

// ReadRows takes the schema and the end mark away, which the emulator puts around each Arrow batch.
func (r *reads) ReadRows(request *pb.ReadRowsRequest, answers pb.BigQueryRead_ReadRowsServer) error {
	rows, err := r.backend.ReadRows(answers.Context(), request)
	if err != nil {
		return err
	}
	for {
		answer, err := rows.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if batch := answer.GetArrowRecordBatch(); batch != nil {
			content := batch.SerializedRecordBatch
			batch.SerializedRecordBatch = content[schemaLength(content) : len(content)-8]
		}
		if schema := answer.GetArrowSchema(); schema != nil {
			schema.SerializedSchema = schema.SerializedSchema[:schemaLength(schema.SerializedSchema)]
		}
		if err := answers.Send(answer); err != nil {
			return err
		}
	}
}

func (r *reads) SplitReadStream(ctx context.Context, request *pb.SplitReadStreamRequest) (*pb.SplitReadStreamResponse, error) {
	return r.backend.SplitReadStream(ctx, request)
}

// schemaLength is the length of the Arrow message in front: a continuation mark, its length, and itself.
func schemaLength(content []byte) int { return 8 + int(binary.LittleEndian.Uint32(content[4:8])) }

// writes stand before the emulator's Storage Write API.
type writes struct {
	pb.UnimplementedBigQueryWriteServer
	backend pb.BigQueryWriteClient
	faults  *faults
	open    *connections
	mutex   sync.Mutex
	// rows is how many rows a stream has.
	rows map[string]int64
	// committed are the streams that are.
	committed map[string]bool
}

// streamName gives the default stream the name that the emulator knows it by.
func streamName(name string) string {
	if strings.HasSuffix(name, "/_default") && !strings.HasSuffix(name, "/streams/_default") {
		return strings.TrimSuffix(name, "_default") + "streams/_default"
	}
	return name
}

func (w *writes) CreateWriteStream(ctx context.Context, request *pb.CreateWriteStreamRequest) (*pb.WriteStream, error) {
	return w.backend.CreateWriteStream(ctx, request)
}

// GetWriteStream says where the stream is, which clients need and the emulator leaves out.
func (w *writes) GetWriteStream(ctx context.Context, request *pb.GetWriteStreamRequest) (*pb.WriteStream, error) {
	request.Name = streamName(request.Name)
	stream, err := w.backend.GetWriteStream(ctx, request)
	if err == nil && stream.Location == "" {
		stream.Location = "US"
	}
	return stream, err
}

// AppendRows checks offsets, so that rows sent again after a lost answer are not taken twice, and answers with them.
func (w *writes) AppendRows(calls pb.BigQueryWrite_AppendRowsServer) error {
	backend, err := w.backend.AppendRows(calls.Context())
	if err != nil {
		return err
	}
	var name string
	var schema *pb.ProtoSchema
	for {
		request, err := calls.Recv()
		if errors.Is(err, io.EOF) {
			return backend.CloseSend()
		}
		if err != nil {
			return err
		}
		// The first request of a connection names stream and schema for all; the emulator may not get that one.
		if request.WriteStream != "" {
			name = streamName(request.WriteStream)
		}
		rows := request.GetProtoRows()
		if rows.GetWriterSchema() != nil {
			schema = rows.WriterSchema
			renameFields(schema.ProtoDescriptor)
		}
		if rows != nil {
			rows.WriterSchema = schema
		}
		request.WriteStream = name
		fault := w.faults.next("AppendRows")
		if fault.Do == "refuse" {
			return refusal(fault)
		}
		answer, err := w.append(backend, request)
		if err != nil {
			return err
		}
		if err := lost(calls.Context(), fault, w.open); err != nil {
			return err
		}
		if err := calls.Send(answer); err != nil {
			return err
		}
	}
}

func renameFields(message *descriptorpb.DescriptorProto) {
	for _, nested := range message.GetNestedType() {
		for _, field := range nested.Field {
			if field.GetName() == reservedName {
				field.Name = proto.String(renamed)
			}
		}
		renameFields(nested)
	}
}

func (w *writes) append(backend pb.BigQueryWrite_AppendRowsClient, request *pb.AppendRowsRequest) (*pb.AppendRowsResponse, error) {
	w.mutex.Lock()
	at := w.rows[request.WriteStream]
	w.mutex.Unlock()
	if offset := request.GetOffset(); offset != nil && offset.Value != at {
		return wrongOffset(request, at), nil
	}
	// The emulator knows offsets only after a fashion.
	given := request.Offset
	request.Offset = nil
	if err := backend.Send(request); err != nil {
		return nil, err
	}
	answer, err := backend.Recv()
	if err != nil {
		return nil, err
	}
	if result := answer.GetAppendResult(); result != nil {
		w.mutex.Lock()
		w.rows[request.WriteStream] += int64(len(request.GetProtoRows().GetRows().GetSerializedRows()))
		w.mutex.Unlock()
		result.Offset = nil
		if given != nil {
			result.Offset = wrapperspb.Int64(given.Value)
		}
	}
	return answer, nil
}

func wrongOffset(request *pb.AppendRowsRequest, at int64) *pb.AppendRowsResponse {
	code := codes.AlreadyExists
	if request.Offset.Value > at {
		code = codes.OutOfRange
	}
	return &pb.AppendRowsResponse{
		WriteStream: request.WriteStream,
		Response: &pb.AppendRowsResponse_Error{
			Error: &rpc.Status{Code: int32(code), Message: "the stream has another number of rows"}},
	}
}

func (w *writes) FinalizeWriteStream(ctx context.Context, request *pb.FinalizeWriteStreamRequest) (*pb.FinalizeWriteStreamResponse, error) {
	return w.backend.FinalizeWriteStream(ctx, request)
}

// BatchCommitWriteStreams commits a stream once; the emulator would add its rows again.
func (w *writes) BatchCommitWriteStreams(ctx context.Context, request *pb.BatchCommitWriteStreamsRequest) (*pb.BatchCommitWriteStreamsResponse, error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	var again []*pb.StorageError
	for _, name := range request.WriteStreams {
		if w.committed[name] {
			again = append(again, &pb.StorageError{Code: pb.StorageError_STREAM_ALREADY_COMMITTED, Entity: name})
		}
	}
	if len(again) > 0 {
		return &pb.BatchCommitWriteStreamsResponse{StreamErrors: again}, nil
	}
	answer, err := w.backend.BatchCommitWriteStreams(ctx, request)
	if err == nil && len(answer.StreamErrors) == 0 {
		for _, name := range request.WriteStreams {
			w.committed[name] = true
		}
	}
	return answer, err
}

func (w *writes) FlushRows(ctx context.Context, request *pb.FlushRowsRequest) (*pb.FlushRowsResponse, error) {
	return w.backend.FlushRows(ctx, request)
}
