using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Onnx;

/// <summary>Describes squares with an ONNX model. Squares are given in groups of <see cref="BatchSize"/> counted from the first
/// of a call, so a call's bytes depend on its squares alone, whatever else runs and with any number of threads.</summary>
public sealed class OnnxFeatureExtractor : IFeatureExtractor
{
    private readonly IReadOnlyList<InferenceSession> _sessions;
    private readonly RunOptions _run = new();
    private readonly ModelShape _shape;
    private readonly SquarePacker _packer;
    private readonly ConcurrentBag<Lane> _idle = [];
    private int _lanes;

    private OnnxFeatureExtractor(
        IReadOnlyList<InferenceSession> sessions,
        string provider,
        string? note,
        ModelFile model,
        OnnxOptions options
    )
    {
        _sessions = sessions;
        (Card, Provider, Note) = (model.Card, provider, note);
        _shape = ModelShape.Check(sessions[0], model);
        BatchSize = _shape.FixedBatch ?? (provider == "cuda" ? options.CudaBatch : options.CpuBatch);
        Lanes = provider == "cuda" ? sessions.Count : options.Lanes;
        _packer = new SquarePacker(Card);
    }

    /// <inheritdoc/>
    public ModelCard Card { get; }

    /// <inheritdoc/>
    public string Provider { get; }

    /// <summary>Why a GPU that seems to be there is not used; null where there is nothing to say.</summary>
    public string? Note { get; }

    /// <inheritdoc/>
    public string Precision { get; private init; } = OnnxOptions.Float32;

    /// <summary>Why a GPU computes in float32 where float16 would be faster; null where there is nothing to say.</summary>
    public string? WhySingle { get; private init; }

    /// <inheritdoc/>
    public string Runtime => OnnxSessions.Runtime;

    /// <inheritdoc/>
    public int BatchSize { get; }

    /// <inheritdoc/>
    public int Lanes { get; }

    private int SquareBytes => Card.InputSize * Card.InputSize * 3;

    /// <summary>Whether an NVIDIA driver is here and this program was built to use it.</summary>
    public static bool SeesCuda => OnnxSessions.SeesCuda();

    /// <summary>Opens a model and checks it against its card.</summary>
    /// <exception cref="ModelException">It cannot be opened, does not fit its card, or does not give what float32 gives where float16 must
    /// be.</exception>
    public static OnnxFeatureExtractor Open(ModelFile model, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new OnnxOptions();
        return options.Precision switch
        {
            OnnxOptions.Float16 => OpenHalf(model, options, onCpuToo: true, out var reason)
                ?? throw new ModelException(
                    $"The model {model.Card.Name} is to compute in float16, and cannot here: {reason}; work where it can, or in float32."
                ),
            null when options.Cuda && SeesCuda => OpenHalf(model, options, onCpuToo: false, out var reason)
                ?? Open(model, options, half: false, reason),
            null or OnnxOptions.Float32 => Open(model, options, half: false, null),
            var other => throw new ModelException(
                $"'{other}' is no precision: give {OnnxOptions.Float16} or {OnnxOptions.Float32}, or leave it out."
            ),
        };
    }

    /// <summary>Opens it in float16 where that agrees with float32 on the CPU.</summary>
    /// <returns>Null, and why not.</returns>
    private static OnnxFeatureExtractor? OpenHalf(ModelFile model, OnnxOptions options, bool onCpuToo, out string? reason)
    {
        OnnxFeatureExtractor? half = null;
        try
        {
            half = Open(model, options, half: true, null);
            if (half.Provider == "cpu" && !onCpuToo)
            {
                reason = null;
            }
            else
            {
                using var single = Open(model, options with { Cuda = false }, half: false, null);
                reason = HalfAgreement.Fault(single, half);
                if (reason is null)
                {
                    (var opened, half) = (half, null);
                    return opened;
                }
            }
        }
        catch (ModelException e)
        {
            reason = e.Message.TrimEnd('.');
        }
        finally
        {
            half?.Dispose();
        }

        return null;
    }

    private static OnnxFeatureExtractor Open(ModelFile model, OnnxOptions options, bool half, string? whyNotHalf)
    {
        IReadOnlyList<InferenceSession> sessions = [];
        try
        {
            (sessions, var provider, var note) = OnnxSessions.Open(model, options, half);
            var extractor = new OnnxFeatureExtractor(sessions, provider, note, model, options)
            {
                Precision = half ? OnnxOptions.Float16 : OnnxOptions.Float32,
                WhySingle = provider == "cpu" ? null : whyNotHalf,
            };
            sessions = [];
            return extractor;
        }
        catch (Exception e) when (e is OnnxRuntimeException or IOException or UnauthorizedAccessException or InvalidProtocolBufferException)
        {
            throw new ModelException(
                $"{model.Path} cannot be opened as an ONNX model ({e.OneLine()}); give another file, or fetch it again.",
                e
            );
        }
        finally
        {
            foreach (var session in sessions)
            {
                session.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ModelException">The network cannot run now, e.g. for want of a GPU's memory.</exception>
    public void Describe(ReadOnlySpan<byte> squares, int count, Span<float> descriptors)
    {
        var lane = _idle.TryTake(out var idle) ? idle : NewLane();
        for (var done = 0; done < count; done += BatchSize)
        {
            var group = Math.Min(BatchSize, count - done);
            _packer.Pack(squares.Slice(done * SquareBytes, group * SquareBytes), lane.Given);
            Run(lane, _shape.FixedBatch ?? group);
            Average(lane.Taken, group, descriptors[(done * Card.Dimensions)..]);
        }

        _idle.Add(lane);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var lane in _idle)
        {
            lane.Dispose();
        }

        _run.Dispose();
        foreach (var session in _sessions)
        {
            session.Dispose();
        }
    }

    private void Run(Lane lane, int group)
    {
        try
        {
            lane.Run(_run, group);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException(
                $"The model {Card.Name} could not describe {group} squares on {Provider} ({e.OneLine()}); try again, or elsewhere.",
                e
            );
        }
    }

    private void Average(ReadOnlySpan<float> output, int group, Span<float> descriptors)
    {
        var (dimensions, positions) = (Card.Dimensions, _shape.Positions);
        if (positions == 1)
        {
            output[..(group * dimensions)].CopyTo(descriptors);
            return;
        }

        for (var i = 0; i < group * dimensions; i++)
        {
            descriptors[i] = _shape.ChannelsLast
                ? Mean(output[((i / dimensions * positions * dimensions) + (i % dimensions))..], dimensions, positions)
                : TensorPrimitives.Sum(output.Slice(i * positions, positions)) / positions;
        }
    }

    private static float Mean(ReadOnlySpan<float> values, int step, int count)
    {
        var sum = 0f;
        for (var i = 0; i < count; i++)
        {
            sum += values[i * step];
        }

        return sum / count;
    }

    // One after the other over the sessions, so that each GPU has a lane.
    private Lane NewLane()
    {
        var device = (Interlocked.Increment(ref _lanes) - 1) % _sessions.Count;
        return new Lane(
            _sessions[device],
            _shape,
            BatchSize * SquareBytes,
            BatchSize * Card.Dimensions * _shape.Positions,
            Provider == "cuda" ? device : null
        );
    }
}
