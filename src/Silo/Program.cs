using Microsoft.Extensions.Options;
using OrleansAtlas.Access;
using OrleansAtlas.Errors;
using OrleansAtlas.Hosting;
using OrleansAtlas.Silo;
using OrleansAtlas.Silo.Health;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders().AddPlainConsole(isFalse: FalseStall.Is);
builder.AddSettings();
await builder.AddWorkAsync();
builder.AddCluster();
builder.AddHealth();
builder.AddTelemetry();
builder.ListenForMetrics();
try
{
    var app = builder.Build();
    app.UseMetricsPort();
    app.UseAccess();
    app.MapHealth();
    app.MapMetrics();
    app.MapDashboard();
    app.WarnOfPlainWires();
    return await app.RunToTheEndAsync();
}
catch (AccessException error)
{
    await Console.Error.WriteLineAsync($"silo: {PlainText.Escape(error.Message)}");
    return 2;
}
catch (OptionsValidationException error) when (error.OptionsType == typeof(SiloSettings))
{
    foreach (var problem in error.Failures)
    {
        await Console.Error.WriteLineAsync($"silo: {PlainText.Escape(problem)}");
    }

    return 2;
}
