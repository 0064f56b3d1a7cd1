package main

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
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
)

const largestMessage = 128 << 20

// connections holds the open connections by the client's address, so that a fault can cut one.
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

func serveGRPC(at, backend, rest string, certificate tls.Certificate, faults *faults) error {
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
	pb.RegisterBigQueryReadServer(server, &reads{backend: pb.NewBigQueryReadClient(client), rest: rest})
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
		database.Lock()
		answer, err := handle(ctx, request)
		database.Unlock()
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
	return status.Error(statuses[fault.Status], "the front refused the call (injected fault)")
}

// lost keeps the response of an executed call from the client, if the fault requires it.
func lost(ctx context.Context, fault fault, open *connections) error {
	switch fault.Do {
	case "reset":
		open.cut(ctx)
		fallthrough
	case "lose":
		return status.Error(codes.Unavailable, "the front lost the response (injected fault)")
	}
	return nil
}

// reads is a proxy of the emulator's Storage Read API.
type reads struct {
	pb.UnimplementedBigQueryReadServer
	backend pb.BigQueryReadClient
	rest    string
	// avro holds the reads in AVRO by the names of their streams.
	avro sync.Map
}

// CreateReadSession requests a single stream, because the emulator sends every row in each stream.
func (r *reads) CreateReadSession(ctx context.Context, request *pb.CreateReadSessionRequest) (*pb.ReadSession, error) {
	request.MaxStreamCount, request.PreferredMinStreamCount = 1, 0
	session, err := r.backend.CreateReadSession(ctx, request)
	if err != nil {
		return nil, err
	}
	if schema := session.GetArrowSchema(); schema != nil {
		schema.SerializedSchema = schema.SerializedSchema[:schemaLength(schema.SerializedSchema)]
	}
	if schema := session.GetAvroSchema(); schema != nil {
		queries := fmt.Sprintf("http://%s/bigquery/v2/%s/queries", r.rest, request.Parent)
		read, err := newAvroRead(queries, session)
		if err != nil {
			return nil, err
		}
		r.avro.Store(session.Streams[0].Name, read)
		schema.Schema = strings.ReplaceAll(schema.Schema, string(renamedColumn), string(reservedColumn))
	}
	return session, nil
}

// ReadRows answers reads in AVRO itself. In ARROW it removes the schema and the end mark that the emulator puts around each
// batch.
func (r *reads) ReadRows(request *pb.ReadRowsRequest, answers pb.BigQueryRead_ReadRowsServer) error {
	if read, ok := r.avro.Load(request.ReadStream); ok {
		return read.(*avroRead).send(request.Offset, answers)
	}
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

// schemaLength returns the length of the leading Arrow message: a continuation mark, a length field, and the message.
func schemaLength(content []byte) int { return 8 + int(binary.LittleEndian.Uint32(content[4:8])) }

// writes is a proxy of the emulator's Storage Write API.
type writes struct {
	pb.UnimplementedBigQueryWriteServer
	backend pb.BigQueryWriteClient
	faults  *faults
	open    *connections
	mutex   sync.Mutex
	// rows holds the number of rows per stream.
	rows map[string]int64
	// committed holds the names of committed streams.
	committed map[string]bool
}

// streamName returns the emulator's name of a stream; the emulator names the default stream differently.
func streamName(name string) string {
	if strings.HasSuffix(name, "/_default") && !strings.HasSuffix(name, "/streams/_default") {
		return strings.TrimSuffix(name, "_default") + "streams/_default"
	}
	return name
}

func (w *writes) CreateWriteStream(ctx context.Context, request *pb.CreateWriteStreamRequest) (*pb.WriteStream, error) {
	return w.backend.CreateWriteStream(ctx, request)
}

// GetWriteStream adds the location, which clients need and the emulator leaves out.
func (w *writes) GetWriteStream(ctx context.Context, request *pb.GetWriteStreamRequest) (*pb.WriteStream, error) {
	request.Name = streamName(request.Name)
	stream, err := w.backend.GetWriteStream(ctx, request)
	if err == nil && stream.Location == "" {
		stream.Location = "US"
	}
	return stream, err
}

// AppendRows checks offsets, so that rows sent again after a lost response are not stored twice, and returns the offsets.
func (w *writes) AppendRows(calls pb.BigQueryWrite_AppendRowsServer) error {
	backend, err := w.backend.AppendRows(calls.Context())
	if err != nil {
		return err
	}
	var name string
	var writer *writer
	for {
		request, err := calls.Recv()
		if errors.Is(err, io.EOF) {
			return backend.CloseSend()
		}
		if err != nil {
			return err
		}
		// Only the first request of a connection names the stream and the schema, and a fault may keep that request from the
		// emulator, so every request gets both.
		if request.WriteStream != "" {
			name = streamName(request.WriteStream)
		}
		rows := request.GetProtoRows()
		if schema := rows.GetWriterSchema().GetProtoDescriptor(); schema != nil {
			if writer, err = newWriter(schema); err != nil {
				return status.Error(codes.InvalidArgument, err.Error())
			}
		}
		request.WriteStream = name
		fault := w.faults.next("AppendRows")
		if fault.Do == "refuse" {
			return refusal(fault)
		}
		answer, err := w.append(backend, request, writer)
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

func (w *writes) append(backend pb.BigQueryWrite_AppendRowsClient, request *pb.AppendRowsRequest, writer *writer) (*pb.AppendRowsResponse, error) {
	w.mutex.Lock()
	at := w.rows[request.WriteStream]
	w.mutex.Unlock()
	if offset := request.GetOffset(); offset != nil && offset.Value != at {
		return wrongOffset(request, at), nil
	}
	rows, err := writer.convert(request.GetProtoRows().GetRows().GetSerializedRows())
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	var answer *pb.AppendRowsResponse
	for _, some := range portions(rows) {
		// The offset is left out, because the emulator does not handle offsets correctly.
		err := backend.Send(&pb.AppendRowsRequest{
			WriteStream: request.WriteStream,
			Rows: &pb.AppendRowsRequest_ProtoRows{ProtoRows: &pb.AppendRowsRequest_ProtoData{
				WriterSchema: &pb.ProtoSchema{ProtoDescriptor: writer.schema},
				Rows:         &pb.ProtoRows{SerializedRows: some}}}})
		if err != nil {
			return nil, err
		}
		if answer, err = backend.Recv(); err != nil {
			return nil, err
		}
		if answer.GetAppendResult() == nil {
			return answer, nil
		}
	}
	w.mutex.Lock()
	w.rows[request.WriteStream] += int64(len(rows))
	w.mutex.Unlock()
	result := answer.GetAppendResult()
	result.Offset = request.Offset
	return answer, nil
}

// portions splits rows into parts of less than 4 MB, the largest message that the emulator accepts.
func portions(rows [][]byte) [][][]byte {
	const most = 3 << 20
	var parts [][][]byte
	first, size := 0, 0
	for i, row := range rows {
		if size += len(row); size > most && i > first {
			parts = append(parts, rows[first:i])
			first, size = i, len(row)
		}
	}
	return append(parts, rows[first:])
}

func wrongOffset(request *pb.AppendRowsRequest, at int64) *pb.AppendRowsResponse {
	code := codes.AlreadyExists
	if request.Offset.Value > at {
		code = codes.OutOfRange
	}
	return &pb.AppendRowsResponse{
		WriteStream: request.WriteStream,
		Response: &pb.AppendRowsResponse_Error{
			Error: &rpc.Status{Code: int32(code), Message: fmt.Sprintf("the offset is %d, but the stream has %d rows", request.Offset.Value, at)}},
	}
}

func (w *writes) FinalizeWriteStream(ctx context.Context, request *pb.FinalizeWriteStreamRequest) (*pb.FinalizeWriteStreamResponse, error) {
	return w.backend.FinalizeWriteStream(ctx, request)
}

// BatchCommitWriteStreams commits a stream only once; the emulator would add its rows again.
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
