// A task definition: how often and how patiently the tasks of one name are tried.
#pragma once

#include "conductor/base/result.h"

#include <QJsonObject>

namespace conductor {

struct TaskDefinition {
    QString name;
    QString description;
    int retryCount = 3;
    QString retryLogic;             // FIXED, EXPONENTIAL_BACKOFF, LINEAR_BACKOFF
    int retryDelaySeconds = 60;
    int timeoutSeconds = 0;         // 0: none
    QString timeoutPolicy;          // RETRY, TIME_OUT_WF, ALERT_ONLY
    int responseTimeoutSeconds = 3600;
    int concurrentExecLimit = 0;    // 0: none
    QJsonObject json;

    static Result<TaskDefinition> fromJson(const QJsonValue &json);
};

} // namespace conductor
