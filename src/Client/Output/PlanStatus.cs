using OrleansAtlas.Media;

namespace OrleansAtlas.Client.Output;

/// <summary>How a film is decoded.</summary>
internal sealed record PlanStatus(DecodeStrategy Strategy, string Reason, double Interval, int Samples, int Segments, int Width, int Height)
{
    public static PlanStatus From(DecodePlan plan) =>
        new(plan.Strategy, plan.Reason, plan.Interval, plan.Samples, plan.Segments, plan.Width, plan.Height);
}
