using Orleans.Configuration;
using Orleans.Dashboard;

namespace OrleansAtlas.Silo;

// Why: docs/decisions/dashboard.md
/// <summary>Orleans' dashboard: what grains there are, where, how often and how long they are called.</summary>
internal static class DashboardHosting
{
    private const string Path = "/dashboard";

    public static void AddDashboard(this ISiloBuilder silo, bool on)
    {
        if (on)
        {
            // The log, with names of films, stays where logs go.
            silo.AddDashboard(options => options.HideTrace = true);
        }
        else
        {
            // Grains of the dashboard live on silos that have it.
            silo.Configure<GrainTypeOptions>(options =>
                options.Classes.RemoveWhere(grain => grain.Assembly == typeof(DashboardOptions).Assembly)
            );
        }
    }

    public static void MapDashboard(this WebApplication app)
    {
        if (app.Services.Settings().Dashboard)
        {
            app.MapOrleansDashboard(Path);
        }
    }
}
