using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Store;
using OrleansAtlas.Verification;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas verify</c>: reads everything that is stored against its checksum, and makes again what is damaged.</summary>
internal static class VerifyVerb
{
    private static readonly Option<bool> Repair = new("--repair")
    {
        Description = "Make again what is damaged, as far as films and settings are there.",
    };

    public static Command Create()
    {
        var command = new Command("verify", "Read everything that is stored against its checksum, and name what is damaged or lost.")
        {
            CommonOptions.Collection,
            Repair,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var repair = result.GetValue(Repair);
        var collection = await call.OpenCollectionAsync(repair, cancellationToken);
        var report = await VerifyAsync(collection, cancellationToken);
        IReadOnlyList<Damage> left = report.Damaged;
        if (repair && report.Damaged.Count > 0)
        {
            left = await RepairAsync(call, collection, report.Damaged, cancellationToken);
        }

        call.Answer.Write(
            new
            {
                collection = report.Collection,
                artifacts = report.Artifacts,
                bytes = report.Bytes,
                withoutChecksum = report.WithoutChecksum,
                damaged = report.Damaged,
                foreign = report.Foreign,
                repaired = repair,
                left,
            },
            writer => Write(writer, report, repair, left)
        );
        return left.Count == 0 ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static Task<VerifyReport> VerifyAsync(CollectionStore collection, CancellationToken cancellationToken) =>
        ProgressLines.ShowAsync(progress => new StoreVerifier(collection).VerifyAsync(progress, cancellationToken));

    /// <summary>What is left when all that can be made again was, by a second look at everything.</summary>
    private static async Task<IReadOnlyList<Damage>> RepairAsync(
        Invocation call,
        CollectionStore collection,
        IReadOnlyList<Damage> damaged,
        CancellationToken cancellationToken
    )
    {
        await using var atlas = await call.OpenAtlasAsync(collection.Artifacts, cancellationToken);
        var lost = await ProgressLines.ShowAsync(progress =>
            new StoreRepair(atlas.Work, atlas.Engine).RepairAsync(collection, damaged, progress, cancellationToken)
        );
        var again = await VerifyAsync(collection, cancellationToken);
        return [.. lost, .. again.Damaged.Where(damage => lost.All(other => other.Name != damage.Name))];
    }

    private static void Write(TextWriter writer, VerifyReport report, bool repair, IReadOnlyList<Damage> left)
    {
        writer.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Artifacts} artifacts of collection '{report.Collection}' read, {report.Bytes / 1e6:0.0} MB: "
                    + $"{report.Damaged.Count} damaged or lost."
            )
        );
        if (report.WithoutChecksum > 0)
        {
            writer.WriteLine($"{report.WithoutChecksum} are of an older version without checksums: what is in them is not checked.");
        }

        foreach (var name in report.Foreign)
        {
            writer.WriteLine($"'{name}' is not a file of this program; nothing reads it.");
        }

        foreach (var damage in report.Damaged)
        {
            writer.WriteLine($"'{damage.Name}' {damage.Problem}");
        }

        if (repair && report.Damaged.Count > 0)
        {
            writer.WriteLine(left.Count == 0 ? "All of it is made again." : $"What is left, {left.Count}:");
            foreach (var damage in left)
            {
                writer.WriteLine($"'{damage.Name}' {damage.Problem}");
            }
        }
        else if (report.Damaged.Count > 0)
        {
            writer.WriteLine($"Make it again: atlas verify -c {report.Collection} --repair");
        }
    }
}
