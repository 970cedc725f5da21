using System.Diagnostics.Metrics;
using OrleansAtlas.Runtime;
using OrleansAtlas.Work;

namespace OrleansAtlas.Silo;

/// <summary>The ledger as metrics: the rate of <c>atlas.stage.items</c> is frames a second, the rate of <c>atlas.stage.busy</c> of the
/// stage <c>describe</c> the share of time that the network, so the GPU where there is one, is at work.</summary>
internal sealed class SiloMetrics : IDisposable
{
    private readonly Meter _meter;

    public SiloMetrics(IMeterFactory meters, WorkContext context, OnnxModelCatalog models)
    {
        _meter = meters.Create("OrleansAtlas");
        _meter.CreateObservableCounter("atlas.stage.items", () => ByStage(line => line.Items), null, "Files, frames or parts handled.");
        _meter.CreateObservableCounter("atlas.stage.bytes", () => ByStage(line => line.Bytes), "By");
        _meter.CreateObservableCounter("atlas.stage.busy", () => ByStage(line => line.BusySeconds), "s");
        _meter.CreateObservableCounter("atlas.stage.waiting", () => ByStage(line => line.WaitingSeconds), "s");
        _meter.CreateObservableGauge("atlas.queue.describe", () => models.Waiting, null, "Requests that wait for the network.");
        _meter.CreateObservableGauge("atlas.queue.compute", () => context.Compute.Waiting, null, "Pieces of work that wait for a thread.");
        _meter.CreateObservableGauge("atlas.slots.free", () => context.SegmentSlots.CurrentCount, null, "Segments that could be taken.");

        IEnumerable<Measurement<T>> ByStage<T>(Func<StageLine, T> value)
            where T : struct =>
            context
                .Ledger.Page()
                .Stages.Select(line => new Measurement<T>(
                    value(line),
                    new KeyValuePair<string, object?>("stage", line.Stage.ToString().ToLowerInvariant())
                ));
    }

    public string Name => _meter.Name;

    public void Dispose() => _meter.Dispose();
}
